#!/usr/bin/env bash
# Runs all tests, then lists what was skipped and what failed. With CI=true a skip is a failure:
# what is skipped in silence is not tested.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0

go tool -modfile=deploy/tools/go.mod gotestsum --format pkgname --hide-summary=skipped \
  --jsonfile "$out/go.json" -- -race -timeout 480s ./... || failed=1
# What is only built without the race detector.
go tool -modfile=deploy/tools/go.mod gotestsum --format pkgname --hide-summary=skipped \
  --jsonfile "$out/alone.json" -- -timeout 240s -run '^(TestSimulation|TestPublished)' ./hub ./hub/gateway || failed=1
(cd deploy/bench && go tool -modfile=../tools/go.mod gotestsum --format pkgname --hide-summary=skipped \
  --jsonfile "$out/bench.json" -- -timeout 240s ./...) || failed=1
(cd deploy/proof && go tool -modfile=../tools/go.mod gotestsum --format pkgname --hide-summary=skipped \
  --jsonfile "$out/proof.json" -- ./...) || failed=1
cat "$out/alone.json" "$out/bench.json" "$out/proof.json" >> "$out/go.json"
(cd web && npx --no vitest run --reporter=default --reporter=json --outputFile.json="$out/unit.json") || failed=1
(cd web && PLAYWRIGHT_JSON_OUTPUT_NAME="$out/e2e.json" npx --no playwright test --reporter=list,json) || failed=1
(cd web && PLAYWRIGHT_JSON_OUTPUT_NAME="$out/pages.json" npx --no playwright test --config test/look behave --reporter=list,json) || failed=1

node deploy/tools/report.mjs "$out"
skips=$?
if [ "$skips" -ne 0 ] && [ "${CI:-}" = true ]; then
  echo "a skip is a failure where CI=true"
  failed=1
fi
exit "$failed"
