#!/usr/bin/env bash
# Builds the container image with buildah, without a daemon and without base
# images: what the stage `binary` of the Dockerfile compiles is taken from this
# machine. Then it looks at what came out, and serves from it once, as the
# image's user, in its own root.
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
[ "$(id -u)" = 0 ] || { echo "image: wants root, to serve from the image's own root"; exit 1; }
folder=$(mktemp -d)
server=
bud() { buildah --root "$folder/store" --runroot "$folder/run" --storage-driver vfs "$@"; }
end() {
  [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  bud rm --all >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap end EXIT
fail() { echo "image: $*"; exit 1; }

stage=$folder/binary
mkdir -p "$stage/out/root" "$stage/etc/ssl/certs"
install -d -m 0700 "$stage/out/root/data"
cp /etc/ssl/certs/ca-certificates.crt "$stage/etc/ssl/certs/"
CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w -X main.version=image" -o "$stage/out/majlis" ./cmd/majlis
bud bud --quiet --isolation chroot --build-context "binary=$stage" --build-arg VERSION=image -t majlis -f deploy/Dockerfile . >/dev/null

user=$(bud inspect --type image --format '{{.OCIv1.Config.User}}' majlis)
[ "$user" = 65532:65532 ] || fail "runs as $user, want 65532:65532"
from=$(bud from majlis)
root=$(bud mount "$from")
files=$(cd "$root" && find . -type f | sort | tr '\n' ' ')
[ "$files" = "./etc/ssl/certs/ca-certificates.crt ./majlis " ] || fail "holds other files than it should: $files"
mode=$(stat -c '%a %u:%g' "$root/data")
[ "$mode" = "700 65532:65532" ] || fail "/data is $mode, want 700 65532:65532"
[ "$(stat -c '%a' "$root/majlis")" = 555 ] || fail "/majlis has mode $(stat -c '%a' "$root/majlis"), want 555"
size=$(du -sm "$root" | cut -f1)
[ "$size" -le 60 ] || fail "is of $size MiB, want at most 60"

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
(cd "$root/data" && exec env -i MAJLIS_STORE=sqlite:/data/majlis.db "$(command -v chroot)" --userspec 65532:65532 "$root" \
  /majlis serve --demo --listen "127.0.0.1:$port" --admin "") >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 100); do
  curl -sf -o "$folder/ready" "http://127.0.0.1:$port/readyz" && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
grep -q embedded "$folder/ready" 2>/dev/null || { cat "$folder/log"; fail "does not serve"; }
kill "$server"
wait "$server" || fail "did not end well: $(tail -3 "$folder/log")"
server=
[ "$(stat -c '%u' "$root/data/majlis.db")" = 65532 ] || fail "its store belongs to another user"
echo "image: $size MiB, user $user, served from its own root and ended"
