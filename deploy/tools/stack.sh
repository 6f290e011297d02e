#!/usr/bin/env bash
# The set of compose.yaml as processes of this machine: two hubs on one Redis
# behind a proxy, watched by Prometheus. All listen on free ports of loopback and
# keep what they have in a folder that goes with them. Prints the links; an
# interrupt, or the end of any of them, ends all.
#   stack.sh [nginx|caddy]
set -euo pipefail
cd "$(dirname "$0")/../.."
majlis=$PWD/bin/majlis
proxy=${1:-nginx}
case $proxy in nginx | caddy) ;; *) echo "usage: stack.sh [nginx|caddy]" && exit 2 ;; esac
for program in redis-server "$proxy" prometheus; do
  command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin
  command -v "$program" >/dev/null || { echo "stack: there is no $program; deploy/tools/ops.sh needs installs it on Debian"; exit 1; }
done
[ -x "$majlis" ] || { echo "stack: there is no bin/majlis; make build"; exit 1; }

folder=$(mktemp -d)
pids=()
end() {
  trap '' INT TERM
  # In the reverse of the start: the store goes last.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill -TERM "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 0' INT TERM

# Ports that nobody uses now; all are taken at once so that no two are the same.
read -r redis_port proxy_port prometheus_port a b admin_a admin_b < <(node -e '
  const net = require("net"), all = [];
  const next = () => all.length == 7 ? (console.log(all.map(s => s.address().port).join(" ")), all.forEach(s => s.close()))
    : all.push(net.createServer().listen(0, "127.0.0.1", next));
  next();')

# start NAME COMMAND…: in the background, with a log of its own. A process group
# of its own, so that an interrupt reaches this script alone.
start() {
  setsid "${@:2}" >"$folder/$1.log" 2>&1 &
  pids+=($!)
}
# await NAME URL: until it answers, half a minute at most.
await() {
  for _ in $(seq 300); do
    curl -sf -o "$folder/answer" "$2" && return
    sleep 0.1
  done
  echo "stack: $1 does not get ready:"
  tail -20 "$folder/$1.log"
  exit 1
}

public=http://127.0.0.1:$proxy_port
start redis redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$folder" --save '' \
  --appendonly yes --appendfsync always --maxmemory-policy noeviction
hub() { # NAME PORT ADMIN-PORT [FLAGS]
  start "$1" "$majlis" serve --store "redis://127.0.0.1:$redis_port" --secret-file "$folder/secret" \
    --listen "127.0.0.1:$2" --admin "127.0.0.1:$3" --public-url "$public" "${@:4}"
  await "$1" "http://127.0.0.1:$2/readyz"
}
for _ in $(seq 100); do
  (exec 3<>"/dev/tcp/127.0.0.1/$redis_port") 2>/dev/null && break
  sleep 0.1
done
hub hub-1 "$a" "$admin_a" --demo
hub hub-2 "$b" "$admin_b"

# The proxy with the file of deploy/proxy; only the addresses are those of today.
nginx_file() {
  cat <<CONF
daemon off;
worker_processes 1;
pid $folder/nginx.pid;
error_log stderr;
worker_shutdown_timeout 5s;
events { worker_connections 8192; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path $folder/body; proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi; uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
  map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }
$(sed -n '/^    upstream majlis/,/^    }/p' deploy/proxy/nginx.conf | sed "s/127.0.0.1:8081/127.0.0.1:$a/; s/127.0.0.1:8082/127.0.0.1:$b/")
  server { listen 127.0.0.1:$proxy_port; include $PWD/deploy/proxy/majlis-location.conf; }
}
CONF
}
# Without a name there is no certificate to get.
caddy_file() {
  printf '{\n\tadmin off\n\tgrace_period 1s\n}\n'
  sed "s#^majlis.example#$public#; s/127.0.0.1:8081/127.0.0.1:$a/; s/127.0.0.1:8082/127.0.0.1:$b/" deploy/proxy/Caddyfile
}
"${proxy}_file" >"$folder/$proxy.conf"
case $proxy in
  nginx) start nginx nginx -e stderr -c "$folder/nginx.conf" ;;
  caddy) start caddy env "HOME=$folder" "XDG_DATA_HOME=$folder" "XDG_CONFIG_HOME=$folder" caddy run --adapter caddyfile --config "$folder/caddy.conf" ;;
esac
await "$proxy" "$public/livez"
sed "s/hub-1:9090/127.0.0.1:$admin_a/; s/hub-2:9090/127.0.0.1:$admin_b/; s/: 5s$/: 1s/; s/: 4s$/: 1s/" \
  deploy/prometheus/prometheus.yml >"$folder/prometheus.yml"
cp deploy/prometheus/alerts.yml "$folder/"
start prometheus prometheus --config.file "$folder/prometheus.yml" --storage.tsdb.path "$folder/tsdb" \
  --web.listen-address "127.0.0.1:$prometheus_port" --log.level warn
await prometheus "http://127.0.0.1:$prometheus_port/-/ready"

sed '/is ready on/d' "$folder/hub-1.log" | grep -v '^time='
cat <<LINKS
  hub-1      http://127.0.0.1:$a  operators http://127.0.0.1:$admin_a/ops  pid ${pids[1]}
  hub-2      http://127.0.0.1:$b  operators http://127.0.0.1:$admin_b/ops  pid ${pids[2]}
  prometheus http://127.0.0.1:$prometheus_port  pid ${pids[4]}
  redis      127.0.0.1:$redis_port  pid ${pids[0]}

Majlis is ready on $public, behind $proxy (pid ${pids[3]}). An interrupt ends all.
LINKS

# A node that is drained, as an update does, leaves the other to serve.
while kill -0 "${pids[0]}" 2>/dev/null && kill -0 "${pids[3]}" 2>/dev/null && kill -0 "${pids[4]}" 2>/dev/null &&
  { kill -0 "${pids[1]}" 2>/dev/null || kill -0 "${pids[2]}" 2>/dev/null; }; do
  sleep 0.5
done
echo "stack: one of its processes has ended:"
tail -n 3 "$folder"/*.log
exit 1
