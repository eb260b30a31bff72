# Systemic. `make demo` and `make test` are all that a fresh machine needs; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

FUZZ_SECONDS ?= 20
BENCH_MB ?= 1024
BENCH_ENTRIES ?= 1000000
# Tests that wait keep their files open: all of them at once would open more than a thousand.
SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 16
export FUZZ_SECONDS BENCH_MB BENCH_ENTRIES SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH

SOURCES := Sources Tests Plugins Fuzz/Sources Fuzz/Package.swift Benchmarks/Sources \
  Benchmarks/Package.swift Package.swift
PYTHON := .venv/bin/python
# The program and what measures it, with the same parts built once.
BENCH_BUILD := --package-path Benchmarks --scratch-path .build -c release --static-swift-stdlib -Xlinker -s

.PHONY: help demo test unit check lint tidy derived format rules journeys validate browser crash drill fuzz bench \
  record release install-tools clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

demo: ## install what is missing, build, classify the examples, keep a record and verify it
	@scripts/install-tools.sh swift
	@swift build -c release --product systemic --static-swift-stdlib -Xlinker -s
	@scripts/demo.sh "$$(swift build -c release --static-swift-stdlib --show-bin-path)/systemic"

# What comes after the unit tests uses about one core each: two at a time.
test: install-tools lint derived unit ## everything: unit, Tidy, format, journeys, validators, browser, fuzz
	@$(MAKE) --no-print-directory -j2 browser drill validate crash fuzz

unit: ## all Swift tests: rooms, Tidy, journeys
	@mkdir -p .build
	@swift test --disable-xctest 2>&1 | tee .build/unit.log

check: lint derived tidy ## format, derived files, house rules

lint: ## swift-format, warnings are errors
	@swift format lint --strict --recursive --parallel $(SOURCES)

derived: ## derived files are up to date
	@python3 scripts/problems.py --check

tidy: ## the house rules
	@swift test --disable-xctest --filter '^TidyTests\.'

format: ## format the sources
	@swift format --in-place --recursive --parallel $(SOURCES)

rules: ## check the rule files
	@swift build --product rulec
	@"$$(swift build --show-bin-path)/rulec" law Sources/Rulebook/Law
	@echo "the rule files are in order"

journeys: ## what a person types and reads
	@swift test --disable-xctest --filter '^JourneyTests\.'

validate: .venv/.ready ## other people's tools accept what we write
	@swift build --product systemic
	@$(PYTHON) scripts/validate.py "$$(swift build --show-bin-path)/systemic"
	@$(PYTHON) scripts/api_fuzz.py "$$(swift build --show-bin-path)/systemic"

browser: .venv/.ready ## the pages in Chromium: journeys, keyboard, axe, light and dark, wide and narrow
	@scripts/install-tools.sh browser
	@swift build --product systemic
	@$(PYTHON) scripts/browser.py "$$(swift build --show-bin-path)/systemic"

crash: ## images of the disk at every moment of a crash lose nothing that was acknowledged
	@swift build --product workspacedrill
	@python3 Tests/Foreign/crash_images.py "$$(swift build --show-bin-path)/workspacedrill"

drill: .venv/.ready ## four overlapping incidents over simulated weeks, with every report in time and every dossier checked
	@scripts/install-tools.sh drill
	@swift build --product systemic
	@$(PYTHON) scripts/drill.py "$$(swift build --show-bin-path)/systemic"

fuzz: ## each parser for FUZZ_SECONDS
	@scripts/fuzz.sh

bench: .venv/.ready ## figures against their targets, beside PostgreSQL, pymerkle, Go, DuckDB, Django, FastAPI
	@scripts/install-tools.sh swift proof bench
	@scripts/auditor.sh
	@swift build $(BENCH_BUILD) --product systemic
	@swift build $(BENCH_BUILD) --product journalbench
	@built="$$(swift build $(BENCH_BUILD) --show-bin-path)"; \
	  $(PYTHON) scripts/bench.py "$$built/systemic" "$$built/journalbench"

record: ## write golden files and derived files anew; review them with git diff
	@python3 scripts/problems.py
	@RECORD=1 swift test --disable-xctest
	@git diff --stat

release: ## one stripped program in .build/release-static
	@scripts/release.sh

install-tools: ## system packages (asks before sudo) and Python tools
	@scripts/install-tools.sh swift python proof office browser drill
	@scripts/auditor.sh
	@$(MAKE) --no-print-directory .venv/.ready

.venv/.ready: scripts/requirements.txt
	@scripts/install-tools.sh python
	@test -x $(PYTHON) || python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check --requirement scripts/requirements.txt
	@touch $@

clean: ## remove what was built
	rm -rf .build Fuzz/.build Fuzz/Corpus/new .venv out
