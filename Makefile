# make demo: set up, then one night on the sample uploads. make test: set up, then every check and test.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint format lock accuracy clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/ready  ## Tesseract, PostgreSQL for the tests, and everything Python in .venv; skips what is done

$(VENV)/ready: requirements.lock pyproject.toml setup/system.sh setup/python.sh
	@python=$$(setup/python.sh) && export PYTHON=$$python && setup/system.sh && \
	{ [ -x $(BIN)/python ] || $$python -m venv $(VENV); } && \
	echo "Installing the locked Python packages into $(VENV) (a minute or two)" && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . && \
	touch $@

.PHONY: system-tests
system-tests: $(VENV)/ready
	@PYTHON=$(abspath $(BIN)/python) setup/system.sh tests

demo: $(VENV)/ready  ## one night on the sample uploads: decisions, payments, report, letters in out/demo
	@rm -rf out/demo && mkdir -p out/demo
	@echo "Drawing the sample dossiers"
	@$(BIN)/python -m samples.generate --to out/demo/in --seed 1 --size demo
	@$(BIN)/servicefait run --requests out/demo/in/requests.json --uploads out/demo/in/uploads \
	    --out out/demo/night --as-of 2026-09-15

serve: $(VENV)/ready  ## the desk at 127.0.0.1:8000, with one night of sample uploads and an account a role
	@if [ ! -f out/desk/ready ]; then \
	    rm -rf out/desk && mkdir -p out/desk && echo "Drawing the sample dossiers" && \
	    $(BIN)/python -m samples.generate --to out/desk/in --seed 1 --size demo && \
	    $(BIN)/servicefait serve --prepare --out out/desk/night --uploads out/desk/in/uploads && \
	    $(BIN)/servicefait run --requests out/desk/in/requests.json --uploads out/desk/in/uploads \
	        --out out/desk/night --as-of 2026-09-15 && touch out/desk/ready; fi
	@$(BIN)/servicefait serve --out out/desk/night --uploads out/desk/in/uploads

test: $(VENV)/ready system-tests lint  ## lint, then all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/ready  ## ruff, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/ready  ## let ruff write
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

accuracy: $(VENV)/ready  ## how right readings are, on drawn papers: writes docs/accuracy.md (a minute)
	@$(BIN)/python -m benchmarks.accuracy --page docs/accuracy.md

lock:  ## resolve the versions again and write them with hashes, no address in them (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --no-header --constraint setup/never.txt \
	    --output-file requirements.lock --quiet --upgrade

clean:  ## remove what was made
	@rm -rf out $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
