# Everything is installed in this folder: Python packages in .venv, style sheets and fonts in node_modules.
PORT ?= 8000
VENV ?= .venv
BASE_PYTHON := $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
PYTHON := $(VENV)/bin/python
MANAGE := $(PYTHON) manage.py
UV := $(VENV)/bin/uv
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-sqlite test-production test-faults test-matrix lighthouse pictures docs docs-pictures wheel release audit lint format lock bench

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

demo: export DJANGO_SETTINGS_MODULE := $(or $(DJANGO_SETTINGS_MODULE),cms.settings.dev)
demo: export DEBUG := $(or $(DEBUG),off)
demo: export SITE_URL := $(or $(SITE_URL),http://localhost:$(PORT))
demo: $(VENV)/.demo node_modules/.package-lock.json ## Set up and serve the demo at http://localhost:8000 (PORT= to change)
	$(MANAGE) compile_po
	$(MANAGE) migrate --verbosity=0
	$(MANAGE) load_demo
	@exec $(MANAGE) serve_demo --port=$(PORT)

test: $(VENV)/.dev node_modules/.package-lock.json ## Run every test that this machine can run, on SQLite and PostgreSQL
	$(PYTHON) -m tests.run

test-sqlite: $(VENV)/.dev node_modules/.package-lock.json ## Run every test on SQLite, also where PostgreSQL is installed
	$(PYTHON) -m tests.run --sqlite

test-production: export DJANGO_SETTINGS_MODULE := cms.settings.test
test-production: $(VENV)/.dev node_modules/.package-lock.json ## Check a site as an operator runs it: nginx, gunicorn, a worker, PostgreSQL, Redis (5 minutes)
	$(MANAGE) compile_po
	$(PYTHON) -m pytest -m production tests/production

test-faults: export DJANGO_SETTINGS_MODULE := cms.settings.test
test-faults: $(VENV)/.dev node_modules/.package-lock.json ## Kill, stop and fill what a site runs on while people register, and count them (5 minutes)
	$(MANAGE) compile_po
	$(PYTHON) -m pytest -m faults tests/faults

test-matrix: $(VENV)/.dev ## Run the core of the suite on every Python, Django and Wagtail that the package supports
	$(VENV)/bin/nox

lighthouse: $(VENV)/.dev node_modules/.package-lock.json ## Measure the main pages with Lighthouse, with production settings (10 minutes)
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) compile_po
	$(PYTHON) -m tests.production.lighthouse

pictures: $(VENV)/.dev node_modules/.package-lock.json ## Take pictures of all pages, admin views and mails, into var/pictures
	$(MANAGE) compile_po
	$(PYTHON) -m tests.pictures var/pictures

docs-pictures: export DJANGO_SETTINGS_MODULE := cms.settings.test
docs-pictures: $(VENV)/.dev node_modules/.package-lock.json ## Take the pictures of the tutorials anew, into docs/pictures
	$(MANAGE) compile_po
	$(PYTHON) -m tests.pictures.documentation

docs: export NO_MKDOCS_2_WARNING := 1
docs: $(VENV)/.dev ## Build the documentation site into var/docs
	$(PYTHON) -m mkdocs build --strict --quiet

wheel: $(VENV)/.dev ## Build the package that others install, into dist/
	$(PYTHON) -m pip wheel --quiet --no-deps --wheel-dir dist .

release: $(VENV)/.dev ## Build the release into dist/ and check it: wheel, sdist, licences, bill of materials
	rm -rf dist
	$(UV) build --quiet --out-dir dist
	$(UV) tool run twine==7.0.0 check --strict dist/*.whl dist/*.tar.gz
	$(UV) tool run check-wheel-contents==0.6.3 dist/*.whl
	$(UV) tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt --pyproject pyproject.toml \
		--output-reproducible --mc-type library --output-file dist/verkosto.cdx.json
	$(UV) tool run pip-licenses==5.5.5 --python=$(PYTHON) --format=markdown --with-urls --output-file dist/LICENCES.md \
		--packages $$(sed -nE 's/^([A-Za-z0-9_.-]+).*==.*/\1/p' requirements.txt)

audit: $(VENV)/.dev ## Look for known vulnerabilities of the pinned packages (asks pypi.org)
	$(UV) tool run pip-audit==2.10.1 --disable-pip --no-deps --requirement requirements.txt

lint: $(VENV)/.dev ## Check style, types, imports, migrations, lock files and translations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	git ls-files -z '*.html' | xargs -0 -r $(VENV)/bin/djhtml --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) compile_po --check
	$(PYTHON) -m tests.locks

format: $(VENV)/.dev ## Format Python and templates
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .
	git ls-files -z '*.html' | xargs -0 -r $(VENV)/bin/djhtml

lock: $(VENV)/.dev ## Update the lock files from requirements*.in and package.json
	$(PYTHON) -m tests.locks --write
	npm install --package-lock-only

bench: $(VENV)/.dev node_modules/.package-lock.json ## Measure pages, registrations, exports and translation against plain Wagtail (20 to 35 minutes)
	$(PYTHON) -m bench

$(VENV)/bin/python:
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	$(BASE_PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.demo

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@
