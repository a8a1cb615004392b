PYTHON ?= python3
QUALITY ?= preview
ARGS ?=
BIN := .venv/bin
EXTRAS := test,lint,cluster,browser

export PYTHON
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup videos test test-examples test-faults test-browser lint check fuzz golden gallery constraints clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "PYTHON=python3.12      the interpreter .venv is made with (python3)"
	@echo "QUALITY=hd             draft, preview, hd or uhd (preview)"
	@echo "ARGS='--theme light'   more for nnmath (videos, check) or pytest (test, golden)"

setup: ## make .venv ready; installs only what is missing
	@sh tools/setup.sh

videos: setup ## render every video into renders/
	$(BIN)/nnmath render --all --quality $(QUALITY) $(ARGS)
	@echo "The videos are in $(CURDIR)/renders"

test: setup ## run the tests that take seconds
	$(BIN)/pytest -n auto -m "not faults and not examples" $(ARGS)

test-examples: setup ## run the README, the notebook and a new scene's own test as a reader would; minutes
	$(BIN)/pytest -n auto -m examples $(ARGS)

test-faults: setup ## run all tests of kills, full disks and clusters, and install Dask for them; minutes
	@sh tools/cluster.sh
	$(BIN)/pytest -n 2 tests/faults $(ARGS)

test-browser: setup ## run the tests of web bundles in Chromium, which it installs where missing
	@sh tools/browser.sh
	NNMATH_TEST_BROWSER=1 $(BIN)/pytest tests/browser $(ARGS)

lint: setup ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict nnmath scenes explainer

check: setup ## audit the layout of every scene
	$(BIN)/nnmath check --all $(ARGS)

fuzz: setup ## audit scenes with random parameters; ARGS='--count 5000' for half an hour
	$(BIN)/python tools/fuzz.py $(ARGS)

golden: setup ## renew the golden frames, after looking at what changed
	$(BIN)/pytest tests/golden --renew $(ARGS)

gallery: setup ## make the pictures of the README again
	$(BIN)/python tools/gallery.py

# A fresh environment with the newest releases that pyproject.toml allows, every extra included, written down as
# name==version. `pip list`, not `pip freeze`: it never writes where a package came from. Make it with the oldest
# Python that is to work, such as Debian 12's 3.11.2: make constraints PYTHON=/usr/bin/python3. A newer one may pick
# releases that the older one cannot install.
constraints: ## renew constraints.txt with the newest releases
	@sh tools/system_packages.sh $(PYTHON)
	$(PYTHON) -m venv --clear .venv-constraints
	.venv-constraints/bin/pip install --quiet --no-input --disable-pip-version-check --use-pep517 -e '.[$(EXTRAS)]'
	.venv-constraints/bin/pip list --disable-pip-version-check --format=freeze \
		--exclude nnmath --exclude pip --exclude setuptools > constraints.new
	mv constraints.new constraints.txt
	rm -rf .venv-constraints

clean: ## remove caches and build leftovers; keeps .venv and renders/
	rm -rf build dist media *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .venv-constraints
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
