# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(firstword $(foreach v,3.13 3.12 3.11,$(shell command -v python$(v) 2>/dev/null)) python3)
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := build/samples
DEMO := build/demo

export DAICHO_SAMPLES := $(SAMPLES)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint pytest format lock suites clean
.DEFAULT_GOAL := help

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1	\2/' | expand -t 16

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"daicho needs Python 3.11, 3.12 or 3.13; {sys.executable} is {v[0]}.{v[1]}: make PYTHON=python3.12 …")'
	@echo "Installing into $(VENV) with $(PYTHON); once, a minute or two …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

demo: $(VENV)/installed  ## generate the fictional company's stores, scan, check, report
	@$(BIN)/python -m data_samples.generate $(SAMPLES)
	@$(BIN)/daicho run --declarations data_samples/declarations --register $(DEMO)/register.sqlite --out $(DEMO)

test: lint pytest  ## style, types, architecture and tests

lint: $(VENV)/installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/yamllint --strict .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

pytest: $(VENV)/installed
	@$(BIN)/python -m pytest

format: $(VENV)/installed  ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

suites: $(VENV)/installed  ## compile the rules to the committed Great Expectations suites
	@$(BIN)/python -m expectations.compile

lock:  ## resolve requirements.lock anew from pyproject.toml
	@$(PYTHON) -m pip --version >/dev/null && uv pip compile --universal --python-version 3.11 --extra dev pyproject.toml --no-header --output-file requirements.lock

clean:  ## remove what was built, not the environment
	rm -rf build
