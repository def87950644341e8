# Tracking Advisor. Needs make and Python 3.11 or newer; everything else is installed into $(VENV).

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench lighthouse reference screenshots pin clean

# Paths are relative throughout: make can't name a target whose path contains a blank, and the folder of the project may.
in_venv := $(VENV)/bin/python
pip := $(in_venv) -m pip --quiet --disable-pip-version-check --no-input
install := install --constraint .ci/constraints.txt
backend := hatchling editables
# One process a core, each with a browser of its own; every process takes from what the others have left.
parallel := --numprocesses auto --maxprocesses 4 --dist worksteal

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/installed ## Install, and serve on http://127.0.0.1:8000 (PORT=..., HOST=...)
	@$(VENV)/bin/advisor serve --host $(HOST) --port $(PORT)

test: $(VENV)/installed-for-tests ## Install, and run every test, those in a browser included (ARGS=... for pytest)
	@.ci/languages
	@.ci/wire >/dev/null
	@.ci/consumers >/dev/null
	@ADVISOR_CHROMIUM="$$(.ci/browser)" .ci/postgres $(in_venv) -m pytest $(parallel) $(ARGS)

lint: $(VENV)/installed-for-tests ## Check style, layout and types
	@$(in_venv) -m ruff check .
	@$(in_venv) -m ruff format --check .
	@$(in_venv) -m mypy

format: $(VENV)/installed-for-tests ## Lay out the code, and fix what can be fixed by itself
	@$(in_venv) -m ruff check --fix .
	@$(in_venv) -m ruff format .

bench: $(VENV)/installed-for-tests ## Measure decisions, plans, code, pages and formats (ARGS=--quick, or names of parts)
	@$(in_venv) bench/run.py $(ARGS)

lighthouse: $(VENV)/installed-for-tests build/lighthouse/installed ## Install Lighthouse from npm, and print its scores of the pages
	@ADVISOR_CHROMIUM="$$(.ci/browser)" $(in_venv) bench/lighthouse.py

reference: $(VENV)/installed-for-tests ## Write the tables of docs/rules.md, findings.md and naming.md again
	@$(in_venv) docs/reference.py

screenshots: $(VENV)/installed-for-tests ## Take the pictures of the docs again, and of every page in build/screens
	@ADVISOR_CHROMIUM="$$(.ci/browser)" $(in_venv) -m pytest -q tests/browser/screenshots.py

pin: $(VENV)/installed-for-tests ## Write the versions that are installed into .ci/constraints.txt
	@head -n 2 .ci/constraints.txt > $(VENV)/constraints.txt
	@$(in_venv) -m pip freeze --exclude-editable >> $(VENV)/constraints.txt
	@mv $(VENV)/constraints.txt .ci/constraints.txt

clean: ## Remove everything that make has made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The build backend comes from the environment too (no build isolation), so that its version is pinned like all others.
$(VENV)/installed: pyproject.toml .ci/constraints.txt | $(VENV)/created
	@echo "Installing into $(VENV) ..."
	@$(pip) $(install) $(backend)
	@$(pip) $(install) --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml .ci/constraints.txt | $(VENV)/created
	@echo "Installing into $(VENV), with what the tests need ..."
	@$(pip) $(install) $(backend)
	@$(pip) $(install) --no-build-isolation --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tracking Advisor needs Python 3.11 or newer; this is %s. Try make PYTHON=python3.12" % sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

build/lighthouse/installed: bench/package.json bench/package-lock.json
	@command -v npm >/dev/null || { echo "Lighthouse needs npm and Node.js 20 or newer." >&2; exit 1; }
	@mkdir -p build/lighthouse
	@cp bench/package.json bench/package-lock.json build/lighthouse
	@cd build/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
