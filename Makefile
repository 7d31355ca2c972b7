# Two commands on a fresh machine: `make demo` and `make test`.
IN_RANGE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
# each is run, not only looked for: a version manager's shim exists for versions that are not active
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(IN_RANGE)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := build/samples
DEMO := build/demo

export DAICHO_SAMPLES := $(SAMPLES)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint pytest format lock suites schemas clean
.DEFAULT_GOAL := help

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1	\2/' | expand -t 16

$(VENV)/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(IN_RANGE)' || \
	{ echo "daicho needs Python 3.11, 3.12 or 3.13 and finds none; name one: make PYTHON=/path/to/python3.12"; exit 2; }
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
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

format: $(VENV)/installed  ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

suites: $(VENV)/installed  ## compile the rules to the committed Great Expectations suites
	@$(BIN)/python -m expectations.compile

schemas: $(VENV)/installed  ## write the declarations' JSON Schemas from their models
	@$(BIN)/python -m pipelines.declarations.schema

lock:  ## resolve requirements.lock anew from pyproject.toml
	@$(PYTHON) -m pip --version >/dev/null && uv pip compile --universal --python-version 3.11 --extra dev pyproject.toml --no-header --output-file requirements.lock

clean:  ## remove what was built, not the environment
	rm -rf build
