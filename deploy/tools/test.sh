#!/usr/bin/env bash
# Runs all tests, then lists what was skipped. With CI=true a skip is a failure:
# what is skipped in silence is not tested.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0

go tool -modfile=deploy/tools/go.mod gotestsum --format pkgname --hide-summary=skipped \
  --jsonfile "$out/go.json" -- -race -timeout 480s ./... || failed=1
(cd web && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$out/unit.json") || failed=1
(cd web && npx playwright test --reporter=list,json) > >(tee "$out/e2e.txt") 2>&1 || failed=1

node deploy/tools/skips.mjs "$out"
skips=$?
[ "$skips" -ne 0 ] && [ "${CI:-}" = true ] && failed=1
exit "$failed"
