# make data: core environment, build, validate.
# make check: lint, types, the record checked and built, and the quick tests, in about a minute.
# make test: everything but Chromium; make test-browser: the explorer in Chromium.
# make release: what the next release must be and still lacks; make release VERSION=4.0.0: makes it (docs/releasing.md).
# make site: the explorer of the work tree, into build/site.  make bench-site: how fast it is.
# make bench SIZES=small|medium|full: speed and memory beside other projects, on grown records. make bench-spark: the derivation on Spark (needs Java 17).
# make fuzz SECONDS=720: fuzzing guided by coverage, so many seconds for each of five targets.
# make mutants MINUTES=60: wrong edits of code and rules made by program, and whether a test fails for each (all take hours).
# make audit: known vulnerabilities of the locked dependencies (needs the network, so it is outside CI).
# python -m scripts --help: every command.
PYTHON ?= python3
PY := .venv/bin/python
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11

# What pytest and Python compile is kept for the next run, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: data build validate check quick lint audit test test-browser format-records release site bench-site bench bench-spark fuzz mutants locks clean

data: build validate

build: .venv/core
	@$(PY) -m scripts.build

validate: .venv/core
	@$(PY) -m scripts.validate

check: .venv/test
	@$(MAKE) --no-print-directory --jobs 2 lint quick

quick: .venv/test
	@HYPOTHESIS_PROFILE=quick $(PY) -m pytest -m "not slow and not browser" --ignore tests/browser -n 2 --no-loadscope-reorder

lint: .venv/test
	@$(PY) -m ruff format --check --quiet . || { echo "run: $(PY) -m ruff format ."; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy
	@$(PY) -m scripts.format --check

audit:
	@test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv build/audit && build/audit/bin/pip install --quiet pip-audit; }
	@build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/mutants.lock

test: lint
	@$(PY) -m pytest -m "not browser" -n 2 --no-loadscope-reorder

test-browser: .venv/test
	@$(PY) -m pytest -m browser -n 2 --no-loadscope-reorder

format-records: .venv/core
	@$(PY) -m scripts.format

release: .venv/release
	@$(PY) -m scripts.release $(VERSION)

site: .venv/site
	@$(PY) -m scripts.explorer

bench-site: site
	@$(PY) -m scripts.site.bench

SIZES ?= small
ROUNDS ?= 3
bench: .venv/site build/bench/nomenklatura/ready build/bench/pointblank/ready build/bench/dataframely/ready build/bench/report/ready
	@$(PY) -m bench.run --sizes $(SIZES) --rounds $(ROUNDS)
	@build/bench/report/bin/python -m bench.report

SPARK_STATEMENTS ?= 10000
bench-spark: .venv/core build/bench/spark/ready
	@$(PY) -m bench.grow --statements $(SPARK_STATEMENTS)
	@build/bench/spark/bin/python -m bench.spark build/bench/grown/statements-$(SPARK_STATEMENTS)

SECONDS ?= 60
fuzz: .venv/test
	@$(PY) -m tests.fuzz --seconds $(SECONDS)

MINUTES ?= 60
mutants: .venv/mutants
	@$(PY) -m tests.mutants sql --minutes $(MINUTES)
	@$(PY) -m tests.mutants python --minutes $(MINUTES)

# The environments of the peers, each of its own.
build/bench/%/ready: bench/requirements/%.txt
	@$(PYTHON) -m venv --clear build/bench/$*
	@build/bench/$*/bin/pip install --quiet --disable-pip-version-check --no-deps -r $<
	@touch $@

# A lock of its own for each group; test has them all. The environment grows as groups are asked for.
.venv/%: requirements/%.lock | .venv/python
	@echo "Setting up .venv for $* (once, about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which: make PYTHON=python3.12")'
	@$(PYTHON) -m venv --clear .venv
	@touch $@

# Needs uv. The lock of all groups comes first, so that every group has the same versions.
locks:
	@$(COMPILE) --group test pyproject.toml -o requirements/test.lock
	@$(COMPILE) pyproject.toml -c requirements/test.lock -o requirements/core.lock
	@for group in site release mutants; do $(COMPILE) --group $$group pyproject.toml -c requirements/test.lock -o requirements/$$group.lock; done

clean:
	rm -rf .venv build
