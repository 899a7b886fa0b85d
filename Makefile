# make run: install, build the graph of seeds/ and ask it three questions. make help: the rest.
# Written for GNU make 3.81 (macOS) and later.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --quiet
LOCK_FLAGS ?=
PYTEST_FLAGS ?= --numprocesses 2

.DEFAULT_GOAL := help
.PHONY: help run test training-env spark-env lint format lock vendor clean

help:
	@echo "make run      install into $(VENV), build the graph of seeds/ in graph/, ask who controlled Ramadi"
	@echo "make test     run the tests in two processes (PYTEST_FLAGS=... are handed on instead)"
	@echo "make training-env  install what training the language model needs, too; its tests are skipped without"
	@echo "make spark-env  install Apache Spark (half a gigabyte), too; its tests are skipped without it and Java 17"
	@echo "make lint     check format, style and types"
	@echo "make format   put the code into the format that lint asks for"
	@echo "make lock     write requirements*.txt anew (LOCK_FLAGS=--upgrade takes newer versions)"
	@echo "make vendor   fetch the libraries of the page anew, with npm, and check their digests"
	@echo "make clean    remove all that the above have made"
	@echo "PYTHON=...    the interpreter to start from, 3.11 or later (default: python3)"

run: $(VENV)/.installed
	$(BIN)/conflict-kg build seeds --output graph
	$(BIN)/conflict-kg ask who-controlled --place Ramadi --date 2015-05-20
	$(BIN)/conflict-kg ask who-controlled --place Ramadi --date 2015-06-01
	$(BIN)/conflict-kg ask who-controlled --place Ramadi --date 2015-12-28

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

training-env: $(VENV)/.installed-dev
	$(PIP) install --no-compile torch==2.13.0
	$(PIP) install --no-deps --requirement training/requirements.txt

spark-env: $(VENV)/.installed-dev
	$(PIP) install --no-compile pyspark==4.3.0

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.installed-dev
	$(LOCK) $(LOCK_FLAGS) --group build --output-file requirements.txt
	$(LOCK) $(LOCK_FLAGS) --group dev --constraints requirements.txt --output-file requirements-dev.txt

vendor: $(VENV)/.created
	$(BIN)/python training/vendor.py

clean:
	rm -rf $(VENV) graph build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A marker file stands for "this step is done"; it is older than its sources once they change.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "conflict-kg needs Python 3.11 or later, and \"$(PYTHON)\" is not that." \
			"Name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.txt pyproject.toml
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
