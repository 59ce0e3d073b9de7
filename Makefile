# make data: environment, build, validate, report.  make test: everything that must hold.
# make release: what the next release must be and still lacks; make release VERSION=0.2.0: makes it (RELEASING.md).
# make site: the explorer of the latest release, into build/site.  make bench-site: how fast it is.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: data build validate test tidy release site pictures bench-site clean

data: build pictures validate

build: .venv/ready
	@$(PY) -m scripts.build

validate: .venv/ready
	@$(PY) -m scripts.validate

test: .venv/ready
	@$(PY) -m pytest

tidy: .venv/ready
	@$(PY) -m scripts.format

release: .venv/ready
	@$(PY) -m scripts.release $(VERSION)

site: .venv/ready
	@$(PY) -m scripts.site

pictures: .venv/ready
	@$(PY) -m scripts.site --pictures

bench-site: site
	@$(PY) -m scripts.site_bench

.venv/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which: make PYTHON=python3.12")'
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

clean:
	rm -rf .venv build
