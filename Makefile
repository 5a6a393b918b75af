# `make help` lists what there is. Needs Python 3.11 or newer and nothing else.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
UV := $(BIN)/uv
# Our .venv, whatever another project left in the environment.
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
.PHONY: help run demo test prove audit lint format messages screenshots clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.ready-to-run ## start a meeting server on this machine
	@$(BIN)/facilitator run

demo: .venv/.ready-to-run ## lead a meeting of made-up people, to look around in
	@$(BIN)/facilitator demo

test: .venv/.ready-to-build ## run every test (installs a browser when there is none)
	@$(BIN)/python scripts/browser.py install
	@$(BIN)/python -m pytest --ignore=tests/browser
	@# Apart: Playwright leaves an event loop running in its process, which other tests run into.
	@# By file: a file has one server and one laptop.
	@$(BIN)/python -m pytest tests/browser --dist loadfile

prove: .venv/.ready-to-build ## the long proofs of what we promise (docs/proof.md), 40 minutes
	@$(BIN)/python scripts/browser.py install --with-window
	@rm -rf .proof
	@$(BIN)/python -m pytest tests/proof -m ""
	@$(BIN)/python -m scripts.proof

# Strict: what could not be looked up is no clean bill. By hashes: only what the lock file names.
audit: .venv/.ready-to-build ## ask PyPI for known holes in what we depend on (needs the network)
	@mkdir -p .proof
	@$(UV) export --quiet --frozen --no-emit-project --all-extras --output-file .proof/locked.txt
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --vulnerability-service pypi \
	  --progress-spinner off --requirement .proof/locked.txt

lint: .venv/.ready-to-build ## check layout, types, templates and the way imports point
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint templates --lint --quiet
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --check --target-version 5.2

format: .venv/.ready-to-build ## lay out code and templates
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 || true

messages: .venv/.ready-to-build ## collect the words that people see, for translation
	@$(BIN)/python -m scripts.messages

screenshots: .venv/.ready-to-build ## take the pictures in docs/images anew
	@$(BIN)/python scripts/browser.py install --with-window
	@$(BIN)/python -m scripts.screenshots

clean: ## remove what was made, except the data folder
	rm -rf .venv dist screenshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .proof

# Stamps: only a changed lock or project file installs again.

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

# --inexact: uv itself lives in the same .venv and is in no lock.
.venv/.ready-to-run: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --inexact --no-dev --quiet
	@touch $@

.venv/.ready-to-build: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --inexact --quiet
	@touch $@ .venv/.ready-to-run
