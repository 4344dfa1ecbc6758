.DEFAULT_GOAL := help
.PHONY: help run test sure bench understanding setup train lock clean

PYTHON := $(shell for python in python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
IN := .venv/bin/python -m

run: setup ## Set up what is missing and start the shop, the desk and the phone
	@exec .venv/bin/rapport up $(UP)

test: setup ## Set up what is missing and run every test
	@.venv/bin/rapport train
	@$(PYTHON) .ci/frontend.py check test
	@.venv/bin/python .ci/stories.py
	@$(IN) pytest tests --numprocesses auto --maxprocesses 4 --dist loadgroup $(PYTEST)

sure: setup ## Format, lint, types, imports and quick tests: under a minute
	@$(IN) ruff format --check .
	@$(IN) ruff check .
	@$(IN) mypy
	@$(IN) mypy --python-executable .venv-bot/bin/python --python-version 3.10 bot
	@$(PYTHON) .ci/frontend.py check
	@.venv/bin/lint-imports
	@$(IN) pytest tests/unit tests/contract -m "unit or contract" $(PYTEST)

bench: setup ## Measure turns, beside bare Rasa's, suggestions, calls and the desk
	@.venv/bin/rapport train
	@$(IN) tests.bench
	@$(IN) tests.bench.opus
	@$(IN) tests.bench.icecat
	@$(IN) tests.bench.placing
	@$(IN) tests.bench.suggesting
	@$(IN) tests.bench.searching
	@$(IN) tests.bench.calls
	@$(IN) tests.bench.desk

understanding: setup ## Measure what the assistant understands, and what that costs
	@.venv/bin/rapport train
	@.venv/bin/python .ci/understanding.py

setup: ## Make both environments and the pages
	@$(if $(PYTHON),$(PYTHON),$(error Python 3.11 or newer is needed)) .ci/setup.py

train: setup ## Train the bot, if its files changed
	@.venv/bin/rapport train

lock: ## Resolve the dependencies anew into the lock files
	@$(PYTHON) .ci/lock.py

clean: ## Remove all that setup and running made, data included
	@rm -rf .tools .venv .venv-bot var channels/frontend/node_modules channels/frontend/dist

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
