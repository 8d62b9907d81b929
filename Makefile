# Two commands for everyone: `make demo` and `make test`. Each sets up what it needs in .venv, from a pinned and hashed lock.
# Needs: make, a C compiler, Python 3.11 or newer (choose one with `make PYTHON=… demo`).

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
            "$$p" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
# The pipeline that `make bench` compares with needs an older NumPy, which has no wheel for 3.13.
RIVAL_PYTHON ?= $(shell for p in python3.12 python3.11 "$(PYTHON)"; do \
            "$$p" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PIP    := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
ARGS   ?=
JOBS   ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo serve test postgres check fix native bench docs calibration lock picture tour clean
.DELETE_ON_ERROR:

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*[^#]##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.project  ## one chart coded, queried and grouped on the terminal
	@$(BIN)/nosology demo $(ARGS)

serve: $(VENV)/.project  ## the workbench on http://127.0.0.1:8000 with a sample hospital and clinic
	@$(BIN)/nosology serve $(ARGS)

test: $(VENV)/.dev $(VENV)/.project  ## the whole suite on every core (ARGS="-k words" for a part, JOBS=0 in one process)
	@$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

postgres: $(VENV)/.dev $(VENV)/.project  ## the tests of the server once more, on a PostgreSQL of their own
	@$(BIN)/python tests/postgres.py --or-skip pytest -n $(JOBS) $(wildcard tests/web tests/security tests/api) $(ARGS)

check: $(VENV)/.dev $(VENV)/.project  ## format, lint, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/.dev  ## mend format and lint
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

native: $(VENV)/.dev $(VENV)/.project  ## compile the engine, which then takes less time (some minutes; nothing needs it)
	@$(BIN)/python tools/native.py $(ARGS)

RIVALS := $(if $(findstring --no-rival,$(ARGS)),,yes)

bench: $(VENV)/.dev $(VENV)/.project $(if $(RIVALS),.venv-bench/.rival .venv-bench-x12/.rival)  ## speed and memory, as ratios to medspaCy, pyx12, LinuxForHealth; the server under load
	@$(BIN)/python tools/native.py || [ $$? -eq 3 ]  # 3: no C compiler; then the interpreted engine is measured
	@$(BIN)/python bench/run.py $(ARGS)
	@$(BIN)/python bench/web.py
	@$(BIN)/python bench/coders.py
	@$(BIN)/python bench/x12.py $(if $(RIVALS),--rival .venv-bench-x12/bin/python)

docs: $(VENV)/.project  ## write docs/rulebook and docs/x12.md anew from rules, tables, case tables and coverage.yaml
	@$(BIN)/python docs/rulebook/build.py
	@$(BIN)/python docs/build_x12.py

GOLDEN := tests/golden

calibration: $(VENV)/.project  ## fit the packaged calibration of scope reportable anew
	@$(BIN)/nosology evaluate $(addprefix --readings ,$(filter-out %operative.jsonl,$(sort $(wildcard $(GOLDEN)/readings/*.jsonl)))) \
	  $(addprefix --developed-on ,$(filter-out $(GOLDEN)/operative%,$(sort $(wildcard $(GOLDEN)/*.jsonl)))) \
	  --from-scratch --suggest-at 0.2 --on 2026-05-04 --calibrate src/nosology/coding/data/reportable.json

tour: $(VENV)/.dev $(VENV)/.project  ## take the pictures of docs/tour.md anew (needs Chromium)
	@mkdir -p docs/img/tour
	@NOSOLOGY_PICTURES=docs/img/tour $(BIN)/python -m pytest tests/e2e/test_tour.py

picture: $(VENV)/.project  ## draw docs/img/*.svg anew from what the commands print
	@$(BIN)/python docs/img/draw.py

COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

lock: $(VENV)/.dev  ## solve the dependencies anew (add ARGS=--upgrade for newer versions)
	@$(COMPILE) $(ARGS) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) $(ARGS) pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) $(ARGS) bench/requirements-rival.in -o bench/requirements-rival.lock
	@$(COMPILE) $(ARGS) bench/requirements-x12-rival.in -o bench/requirements-x12-rival.lock

clean:  ## remove the environments, caches and compiled files
	find src -name '*.so' -delete
	rm -rf src/nosology/native.txt build $(VENV) .venv-bench .venv-bench-x12 .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis

# A stamp per step, so that a second run has nothing to do.
$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "nosology needs Python 3.11 or newer with venv: install one, or name it: make PYTHON=/path/to/python demo" >&2; exit 1; }
	@echo "setting up $(VENV) with $(PYTHON) (once, about a minute)" >&2
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.python
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.python
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.project: pyproject.toml | $(VENV)/.runtime
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src  # as pip does for what it installs: where nothing may be written, start is as quick
	@touch $@

.venv-bench/.rival: bench/requirements-rival.lock
	@echo "setting up .venv-bench for the comparison (once, some minutes)" >&2
	@test -n "$(RIVAL_PYTHON)" || { echo "make bench needs Python 3.11 or 3.12 for the comparison; without it: make bench ARGS=--no-rival" >&2; exit 1; }
	@"$(RIVAL_PYTHON)" -m venv .venv-bench
	@.venv-bench/bin/python -m pip --disable-pip-version-check --no-input -q install --require-hashes -r bench/requirements-rival.lock
	@touch $@

.venv-bench-x12/.rival: bench/requirements-x12-rival.lock | $(VENV)/.python
	@"$(PYTHON)" -m venv .venv-bench-x12
	@.venv-bench-x12/bin/python -m pip --disable-pip-version-check --no-input -q install --require-hashes -r bench/requirements-x12-rival.lock
	@touch $@
