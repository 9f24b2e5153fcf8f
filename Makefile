# LeanVibe: every task a developer or a new user runs. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run up test check unit lint format faults bench lock clean

PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv
INTERVIEW ?= examples/pet_sitting.yaml

# Prefect is slow to import from source: whatever the caller's shell says, our processes keep their bytecode.
unexport PYTHONDONTWRITEBYTECODE

help: ## list every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## create .venv and install the locked packages (the other targets do it when needed)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "LeanVibe needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV): about 160 packages, a minute or two, once." >&2
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## run the example interview through the pipeline and say where the application is
	@$(BIN)/leanvibe run $(INTERVIEW) --approve --out out

up: $(READY) ## keep the factory running: database, Prefect server and UI, worker, dashboards
	@exec $(BIN)/leanvibe up

test: $(READY) ## the whole test suite, with coverage
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

check: lint unit ## lint and unit tests, in about a minute

unit: $(READY) ## the unit tests alone, without the slow ones
	@$(BIN)/pytest -q -n 2 -m "not slow" tests/unit tests/test_architecture.py

lint: $(READY) ## ruff (rules and format) and mypy --strict
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(READY) ## let ruff mend and format the code
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

faults: $(READY) ## the fault suite: what is expected and found in each case, Postgres away for a minute
	@FAULT_SECONDS=60 $(BIN)/pytest -q -rP --no-header tests/integration/*/test_*faults.py

bench: $(READY) ## run the benchmarks and print their ratios
	@for f in benchmarks/bench_*.py; do $(BIN)/python $$f || exit 1; done

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group dev --upgrade pyproject.toml -o requirements.lock

clean: ## remove everything that was made here: environment, database, caches, output
	@if [ -x $(BIN)/leanvibe ]; then $(BIN)/leanvibe down || true; fi
	rm -rf $(VENV) .leanvibe out .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
