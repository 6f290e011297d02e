# Majlis. `make help` lists what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION := $(shell git describe --always --dirty 2>/dev/null || echo development)
GO      := CGO_ENABLED=0 go
TOOL    := go tool -modfile=deploy/tools/go.mod
VULNDB  := $(wildcard ../shared/vulndb)
STORE   := bin/demo.db
BENCH   :=

.PHONY: help build web run test test-go test-web check look swarm faults bench bench-build bench-go replay sim sim-bugs fuzz stack stack-test image ops ops-needs clean needs

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: web ## bin/majlis and bin/swarm, with the pages inside
	$(GO) build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/ ./cmd/...

web: web/node_modules/.installed
	@cd web && npm run --silent build

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund && touch node_modules/.installed

run: build ## serve a demonstration conference, and print its links
	bin/majlis serve --demo --store sqlite:$(STORE)

test: needs build ## all tests: Go with the race detector, the web app, Chromium; skips are listed last
	deploy/tools/test.sh

check: web ops ## linters: vet, staticcheck, gofumpt, govulncheck, tsc, Biome; and `make ops`
	go vet ./...
	go vet -tags faults ./cmd/faults
	$(TOOL) staticcheck ./...
	$(TOOL) staticcheck -tags faults ./cmd/faults
	cd deploy/bench && go vet ./... && go tool -modfile=../tools/go.mod staticcheck ./...
	cd deploy/proof && go vet -tags stack ./... && go tool -modfile=../tools/go.mod staticcheck -tags stack ./...
	@out=$$($(TOOL) gofumpt -l cmd hub deploy/bench deploy/proof web/*.go); test -z "$$out" || { echo "not in gofumpt's form:"; echo "$$out"; exit 1; }
	$(if $(VULNDB),$(TOOL) govulncheck -db file://$(abspath $(VULNDB)) ./...,@echo "govulncheck: no copy of the database beside the project; not run")
	cd web && npm run --silent check

look: needs web ## every page in each of its states, phone and desk, light and dark, judged by axe: look/<page>.png; every kind of poll: look/polls-<page>.png
	cd web && npx --no playwright test --config test/sheet/playwright.config.ts

swarm: build ## a simulated audience of 2,000 phones at a demonstration server, killed twice
	deploy/tools/swarm.sh

faults: needs ## every fault at full size, about an hour: FAULT=F14 asks for one; the table comes last
	@deploy/tools/faults.sh $(FAULT)

replay: build ## fold 500,000 entries, twice, and compare
	rm -f bin/replay.db*
	bin/majlis replay --store sqlite:bin/replay.db --generate 500000 --json
	bin/majlis replay --store sqlite:bin/replay.db --json

bench: bench-build ## Majlis beside its peers and the bare limit; BENCH="--conns 5000 --only broadcast" asks for less
	cd deploy/bench && ../../bin/bench/bench $(BENCH)

bench-build:
	$(GO) build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/ ./cmd/majlis
	mkdir -p bin/bench
	cd deploy/bench && $(GO) build -trimpath -o ../../bin/bench/ . ./peers/centrifuge ./peers/gws ./peers/coder
	gcc -O2 -Wall -Wextra -o bin/bench/sendloop deploy/bench/peers/sendloop/sendloop.c

bench-go: ## the fold, the log and the fan-out, as Go benchmarks
	go test -run '^$$' -bench . -benchmem ./hub/...

sim: ## seeds of the simulated cluster, from a random one on; SIM=10m for longer than a minute
	SIM=$(or $(SIM),1m) go test ./hub -run '^TestSimulation$$' -count=1 -timeout 0 -v

sim-bugs: ## brings back each bug that the simulation found, and demands that its seed finds it
	go test -tags bugs ./hub -run '^TestSimulationBugsBack$$' -count=1 -timeout 0 -v

fuzz: ## each fuzz target for 30 s
	deploy/tools/fuzz.sh 30s

stack: build ops-needs ## two hubs on one Redis behind nginx (PROXY=caddy), watched by Prometheus, as processes of this machine
	@deploy/tools/stack.sh $(or $(PROXY),nginx)

image: build ops-needs ## the container image, by buildah without a daemon: built, looked at and served once
	@deploy/tools/image.sh

stack-test: build ops-needs ## the same from outside: pages, sockets, events, every expression of the dashboard, a drained hub
	cd deploy/proof && go test -tags stack -count=1 -run TestStack -v .

ops: ops-needs ## rules, proxies and the service, each read by its own program
	@deploy/tools/ops.sh check

ops-needs:
	@deploy/tools/ops.sh needs

needs:
	@deploy/tools/needs.sh

clean: ## remove what was built
	rm -rf bin look web/dist/assets web/dist/*.html web/dist/.vite web/node_modules
