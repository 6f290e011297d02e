#!/usr/bin/env bash
# A simulated audience at a server that is killed twice under full load:
#   swarm.sh [phones] [seconds]
# The programme is that of a large congress when the test data lies beside the
# project, else the demonstration's. Prints swarm's report; fails if anything
# that was acknowledged is lost, counted twice, or seen differently.
set -euo pipefail
cd "$(dirname "$0")/../.."
phones=${1:-2000} seconds=${2:-30}
folder=$(mktemp -d)
store=sqlite:$folder/hub.db
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
server=
up() {
  bin/majlis serve --store "$store" --listen "127.0.0.1:$port" --admin "" "$@" >>"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 600); do
    curl -sf "http://127.0.0.1:$port/readyz" >/dev/null && return
    sleep 0.05
  done
  echo "the server does not get ready:" && cat "$folder/server.log" && exit 1
}
trap '[ -n "$server" ] && kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT

programme=../shared/testdata/schedules/38c3.hub.xml
questions=../shared/testdata/text/questions.tsv
asked=()
[ -f "$questions" ] && asked=(--questions "$questions")
if [ -f "$programme" ]; then
  up
  bin/majlis import --store "$store" "$programme" | head -2
  session=$(curl -s "http://127.0.0.1:$port/api/v1/sessions?conference=38c3&limit=1" | node -e 'process.stdin.on("data",d=>console.log(JSON.parse(d).items[0].id))')
  pass=$(bin/majlis pass --store "$store" --role organiser --scope conference/38c3)
else
  up --demo
  session=opening
  pass=$(bin/majlis pass --store "$store" --role organiser --scope conference/summit)
fi

echo "$phones phones for $seconds s at session/$session; kill -9 after a third and after two thirds"
bin/swarm --url "http://127.0.0.1:$port" --session "$session" --phones "$phones" --duration "${seconds}s" \
  "${asked[@]}" --pass "$pass" --json >"$folder/report.json" &
swarm=$!
for _ in 1 2; do
  sleep $((seconds / 3))
  kill -9 "$server"
  wait "$server" 2>/dev/null || true
  echo "killed"
  up
done
verdict=0
wait "$swarm" || verdict=$?
cat "$folder/report.json"
exit "$verdict"
