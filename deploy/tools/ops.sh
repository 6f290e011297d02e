#!/usr/bin/env bash
# Holds the files of deploy to the programs that read them: ops.sh check
# Installs those programs on Debian as root:                ops.sh needs
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
packages=(redis-server prometheus nginx-light caddy buildah)

needs() {
  local missing=()
  for p in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "ops: these packages are wanted: apt-get install --no-install-recommends ${missing[*]}"
    exit 1
  fi
  echo "installing ${missing[*]}"
  # The packages must not start services of their own.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

check() {
  local folder
  folder=$(mktemp -d)
  trap "rm -rf '$folder'" EXIT
  promtool check config --lint=all --lint-fatal deploy/prometheus/prometheus.yml
  (cd deploy/prometheus && promtool test rules alerts_test.yml)

  # nginx reads its file with a certificate and a place for the pid.
  cp deploy/proxy/majlis-location.conf "$folder/"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=majlis.example \
    -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>/dev/null
  sed "s#/etc/majlis/tls#$folder#; s#/run/nginx.pid#$folder/nginx.pid#" deploy/proxy/nginx.conf >"$folder/nginx.conf"
  nginx -t -q -e stderr -c "$folder/nginx.conf"
  echo "nginx.conf: good"

  # Older Caddies than the one of compose.yaml do not know its last line.
  for file in Caddyfile Caddyfile.compose; do
    sed '/stream_close_delay/d' "deploy/proxy/$file" >"$folder/$file"
    MAJLIS_HOST=majlis.example HOME=$folder caddy adapt --validate --adapter caddyfile --config "$folder/$file" >/dev/null 2>"$folder/said" ||
      { cat "$folder/said"; exit 1; }
    echo "$file: good"
  done

  if command -v systemd-analyze >/dev/null; then
    # It looks for the program, which is not installed here.
    sed 's#^ExecStart=.*#ExecStart=/bin/true#' deploy/systemd/majlis.service >"$folder/majlis.service"
    systemd-analyze verify "$folder/majlis.service"
    systemd-analyze security --offline=true --threshold=20 --no-pager "$folder/majlis.service" | tail -1
  else
    echo "majlis.service: there is no systemd-analyze; not looked at"
  fi

  if [ "$(id -u)" = 0 ]; then
    deploy/tools/image.sh
  else
    echo "Dockerfile: its proof wants root; not built"
  fi
}

case ${1:-} in
  needs) needs ;;
  check) check ;;
  *) echo "usage: ops.sh needs|check" && exit 2 ;;
esac
