# Every target sets up what it needs once; a second run does no set-up work again.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The tools of this checkout come first, so that jsii, npm and the CDK CLI meet one Node.
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$(PATH)
# jsii unpacks aws-cdk-lib once instead of at every start (docs/traps.md).
export JSII_RUNTIME_PACKAGE_CACHE := enabled
export CDK_DISABLE_CLI_TELEMETRY := true
# Python keeps what it compiled, also where the environment says otherwise: aws_cdk costs 5 s of CPU a start without.
unexport PYTHONDONTWRITEBYTECODE
SETUP := $(VENV)/.setup
PEERS := build/peers
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate
# Lambda's Python runtimes carry boto3 and what it needs; the functions do not carry it again.
LAMBDA_RUNTIME_HAS := $(addprefix --no-emit-package ,botocore jmespath python-dateutil six urllib3)

.PHONY: help setup synth synth-dev synth-prod synth-management proof docs mutation actions nightly demo up down browser suricata firewall test quick screenshots lint mypy types check format lock clean

help: ## Show what can be made.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(SETUP) ## Install the pinned tools into .venv and node_modules (hash-checked).

demo: $(SETUP) ## Deploy to the embedded AWS, chat, attack, and tear down again.
	@genai-defense up --once

up: $(SETUP) ## The same, then keep the chatbot up until Ctrl-C.
	@genai-defense up || [ $$? -eq 130 ] # Ctrl-C is how it ends

down: $(SETUP) ## Remove what an interrupted local run left behind.
	@genai-defense down

synth: synth-dev synth-prod synth-management ## Synthesize with every check: cdk.out (dev), cdk.out.prod and cdk.out.management (prod).

synth-dev: $(SETUP)
	@cdk synth --quiet --no-notices
synth-prod: $(SETUP)
	@cdk synth --quiet --no-notices -c profile=prod --output cdk.out.prod
synth-management: $(SETUP)
	@cdk synth --quiet --no-notices --app "python -m stacks.management_app" -c profile=prod --output cdk.out.management

proof: synth ## Prove that dev and prod hold, and weaken each in some ways, which the pack must notice.
	@$(MAKE) --jobs 2 --output-sync proof-cdk.out proof-cdk.out.prod

# What was printed is shown where something does not hold.
proof-%:
	@mkdir -p build/proof
	@genai-defense prove $* --organization cdk.out.management > build/proof/$*.txt || { cat build/proof/$*.txt; exit 1; }
	@genai-defense mutate $* --sample 200 --min-noticed 95 --jobs 1 > build/proof/$*.mutants.txt || { cat build/proof/$*.mutants.txt; exit 1; }

docs: synth ## Write the generated pages of docs/ anew.
	@python -m genai_defense.reference

mutation: synth $(PEERS) ## Weaken prod and the management account in every way, and count anew what is noticed (minutes).
	@PATH="$(PATH):$(CURDIR)/$(PEERS)/bin" python -m genai_defense.reference_proof

$(PEERS): requirements-peers.txt | $(SETUP)
	@uv venv --quiet --clear --python $(BIN)/python $@
	@uv pip install --quiet --python $@/bin/python --require-hashes -r $<

actions: $(SETUP) ## Write down anew which IAM actions name a resource, by AWS's reference.
	@uv run --quiet .ci/actions.py

nightly: $(SETUP) ## Ask check, mutate and prove about 20,000 random templates each (hours).
	@FUZZ_CASES=20000 pytest --quiet --numprocesses 2 --dist worksteal -k break_down tests/checks tests/mutation tests/proofs

browser: ## Install the browser that the tests drive (Debian, as root), or say what is missing.
	@.ci/browser

suricata: ## Install the firewall's engine that the tests run (Debian, as root), or say what is missing.
	@.ci/suricata

firewall: $(SETUP) suricata ## Send traffic through Suricata with the rules of prod, and print what became of it.
	@test -d cdk.out.prod || $(MAKE) synth
	@genai-defense firewall --assembly cdk.out.prod

test: $(SETUP) browser suricata synth ## Run all tests, the local run end to end included.
	@SYNTHESIZED=1 pytest --numprocesses 2 --dist worksteal

screenshots: $(SETUP) browser ## Take the README's pictures anew, of the deployed chatbot.
	@SCREENSHOTS=docs/images pytest tests/browser/test_screenshots.py

# Without the tests that take seconds, deploy, drive a browser or build the wheel; `make check` has synthesized.
quick: $(SETUP)
	@SYNTHESIZED=1 pytest --quiet --numprocesses 2 --dist worksteal -m "not slow" --ignore tests/browser --ignore tests/local --ignore tests/test_wheel.py --ignore tests/test_wheel_beside_a_foreign_app.py

lint: $(SETUP) ## Check format and lint.
	@ruff format --check .
	@ruff check .

types: $(SETUP) ## Check types, twice: mypy and pyright, both strict.
	@mypy
	@pyright

mypy: $(SETUP)
	@mypy

check: $(SETUP) ## What to run all day: format, lint, mypy, synth with every rule, provers, mutants, quick tests.
	@$(MAKE) lint
	@$(MAKE) --jobs 2 --output-sync mypy synth-dev synth-prod synth-management
	@$(MAKE) --jobs 2 --output-sync proof-cdk.out proof-cdk.out.prod
	@$(MAKE) quick

format: $(SETUP) ## Rewrite the code in the house format.
	@ruff format . && ruff check --fix .

lock: $(SETUP) ## Resolve the pins anew (hashes, no registry addresses).
	@$(COMPILE) --python-version 3.11 --group bootstrap --output-file requirements-bootstrap.txt
	@$(COMPILE) --python-version 3.11 --group node --output-file requirements-node.txt
	@$(COMPILE) --python-version 3.14 --group lambda $(LAMBDA_RUNTIME_HAS) --output-file lambda/requirements.txt
	@$(COMPILE) --python-version 3.11 --extra local --extra proofs --group dev --group lambda \
	  --constraint lambda/requirements.txt --output-file requirements-dev.txt pyproject.toml
	@$(COMPILE) --python-version 3.11 --group peers --output-file requirements-peers.txt
	@npm install --package-lock-only --ignore-scripts

clean: ## Remove everything that can be made again.
	@rm -rf $(VENV) node_modules build dist cdk.out cdk.out.prod cdk.out.management .genai-defense .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A set-up that lost one of its parts is done again.
WHOLE := $(and $(wildcard node_modules/.bin/cdk),$(wildcard build/lambda-dependencies/aws_lambda_powertools),$(wildcard build/chat-page-vendor/vendor/marked.js))
.PHONY: incomplete
$(SETUP): $(if $(WHOLE),,incomplete) requirements-bootstrap.txt requirements-node.txt requirements-dev.txt lambda/requirements.txt package-lock.json pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "genai-defense needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "setup 1/4: Python tools"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt
	@echo "setup 2/4: Node.js"
	@major="$$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')"; if [ "$${major:-0}" -lt 22 ]; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-node.txt; fi
	@echo "setup 3/4: CDK CLI, and what the chat page carries"
	@npm ci --silent --ignore-scripts
	@rm -rf build/chat-page-vendor && mkdir -p build/chat-page-vendor/vendor
	@cp node_modules/marked/lib/marked.esm.js build/chat-page-vendor/vendor/marked.js
	@cp node_modules/dompurify/dist/purify.es.mjs build/chat-page-vendor/vendor/purify.js
	@cp node_modules/marked/LICENSE build/chat-page-vendor/vendor/marked.LICENSE.txt
	@cp node_modules/dompurify/LICENSE build/chat-page-vendor/vendor/purify.LICENSE.txt
	@sed -i.map '/^\/\/# sourceMappingURL=/d' build/chat-page-vendor/vendor/*.js && rm build/chat-page-vendor/vendor/*.map
	@echo "setup 4/4: what the functions carry, for Lambda's platform"
	@rm -rf build/lambda-dependencies
	@uv pip install --quiet --require-hashes --no-deps --only-binary :all: --no-compile-bytecode --link-mode copy \
	  --python-platform aarch64-manylinux_2_28 --python-version 3.14 \
	  --target build/lambda-dependencies -r lambda/requirements.txt
	@uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
