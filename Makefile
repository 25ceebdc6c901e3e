# The commands are few and stable: scripts and people call them (docs/operations.md).
DATA ?= .data
PORT ?= 8080
HOST ?= 127.0.0.1
SEED ?= 1
SCALE ?= 1
# Each room's own imports are checked by the compiler; products of other packages by scripts/check-imports.
BUILD = swift build --explicit-target-dependency-import-check error

.PHONY: run build test bench format lint setup clean

run: setup
	@echo "== building (the first time takes some minutes)"
	@$(BUILD) -c release --product jinlin
	@scripts/run "$(DATA)" "$(HOST)" "$(PORT)" "$(SEED)" "$(SCALE)"

build: setup
	@$(BUILD)

setup:
	@scripts/setup run

test:
	@scripts/setup test
	@scripts/test

bench:
	@scripts/setup test
	@scripts/bench

format:
	@swift format --in-place --recursive Sources Tests Benchmarks Package.swift

lint:
	@swift format lint --strict --recursive Sources Tests Benchmarks Package.swift
	@scripts/check-imports

clean:
	rm -rf .build .venv .data .run .bench
