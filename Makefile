# The one way to build, test and show the project, on a developer's machine and in CI.
# On a fresh Debian with rustup's Rust, each target first installs what it lacks; tools stay under target/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test lint fmt test-core docs baked test-py notebooks test-wasm test-examples test-web bench setup clean

PYTHON ?= python3
VENV   := target/venv/bin
STAMPS := target/stamps
LINES  := target/tmp/score.jsonl target/tmp/change.jsonl target/tmp/course.jsonl target/tmp/stages.jsonl target/tmp/end_point.jsonl
say     = @printf '\n── %s  %s: %s\n' "$$(date +%T)" '$@' '$(1)'

# What everybody who installs it downloads.
WHEEL_BYTES := 6000000

# Everything a binding is rebuilt for.
CORE := Cargo.toml Cargo.lock $(shell find clw-core -type f -not -path '*/tests/*')
PY   := $(shell find clw-py/src clw-py/python -type f -not -name '*.so' -not -name '*.pyc') clw-py/Cargo.toml clw-py/pyproject.toml clw-py/README.md
WASM := $(shell find clw-wasm/src -type f) clw-wasm/Cargo.toml clw-wasm/results.d.ts scripts/wasm-build scripts/wasm-order.js
WEB  := web-form node-service web-react caseload-report
WASM_BINDGEN := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/"/, "", $$3); print $$3 }' Cargo.lock)

help: ## Lists these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMPS)/compiler ## Evaluates the example caseload and real DASS-21 answers, and says where the reports are
	$(call say,a programme whose truth is known)
	cargo run --quiet --package clw-examples --bin evaluate -- examples/caseload target/demo
	$(call say,real DASS-21 answers)
	cargo run --quiet --package clw-examples --bin evaluate -- examples/dass21 target/demo/dass21
	$(call say,two programmes put together from their returns)
	cargo run --quiet --package clw-examples --bin national -- target/demo/national

test: lint test-core baked test-py notebooks docs test-wasm test-examples test-web ## Runs every check, as CI does
	@printf '\nall checks passed\n'

lint: $(STAMPS)/compiler $(STAMPS)/venv $(STAMPS)/node ## Checks format and lints of Rust, Python and TypeScript
	$(call say,rustfmt and clippy)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	$(call say,ruff and mypy)
	$(VENV)/ruff format --check clw-py
	$(VENV)/ruff check clw-py
	$(VENV)/ruff check --isolated --no-cache --select E9,F benches clw-core docs examples
	MYPYPATH=clw-py/python $(VENV)/mypy --strict --cache-dir target/mypy clw-py/python clw-py/tests

fmt: $(STAMPS)/compiler $(STAMPS)/venv ## Formats Rust and Python in place
	cargo fmt --all
	$(VENV)/ruff format clw-py
	$(VENV)/ruff check --fix clw-py

test-core: $(STAMPS)/compiler ## Tests the core: unit, golden, property and documentation tests
	$(call say,cargo test)
	cargo test --package clw-core

docs: $(STAMPS)/compiler notebooks ## Builds the references and the site; a broken link or a missing text fails
	$(call say,rustdoc)
	RUSTDOCFLAGS='-D warnings' cargo doc --package clw-core --no-deps --quiet
	$(call say,site)
	docs/build

baked: $(STAMPS)/compiler ## Checks that generated instruments and types match their sources
	$(call say,generated instruments against clw-core/instruments)
	cargo run --quiet --package clw-core --example bake -- --check
	$(call say,types for TypeScript against those of clw-core)
	cargo run --quiet --package clw-core --example typescript -- --check

test-py: $(STAMPS)/wheel $(STAMPS)/java $(LINES) target/tmp/caseload/evaluation.json ## Builds the wheel, tests it and checks its stubs
	$(call say,pytest)
	$(VENV)/pytest -q -c clw-py/pyproject.toml clw-py/tests
	$(call say,stubs against the built module)
	cd target && venv/bin/stubtest clw

notebooks: $(STAMPS)/wheel $(STAMPS)/site ## Executes the notebooks with the wheel; their own checks hold prose and results together
	$(call say,notebooks)
	$(VENV)/python examples/notebooks/run.py target/notebooks

test-wasm: clw-wasm/dist/clw.wasm $(LINES) target/tmp/caseload/evaluation.json $(STAMPS)/chromium ## Builds the WebAssembly module and tests it in Node and Chromium
	$(call say,tsc)
	clw-wasm/node_modules/.bin/tsc --project clw-wasm
	$(call say,node and chromium)
	cd clw-wasm && node --test --test-reporter=spec tests/*.test.js

test-examples: $(STAMPS)/compiler $(STAMPS)/python ## Tests the examples against the truth they were made from
	$(call say,examples)
	cargo test --package clw-examples --package clw-service
	$(PYTHON) examples/check_truth.py

test-web: clw-wasm/dist/clw.wasm $(STAMPS)/web target/tmp/caseload/evaluation.json $(STAMPS)/chromium ## Tests the example pages and the Node service
	$(call say,examples)
	for example in $(WEB); do npm test --silent --prefix examples/$$example || exit 1; done

bench: $(STAMPS)/wheel $(STAMPS)/peers clw-wasm/dist/clw.wasm ## Times the core and the wheel beside their peers
	$(call say,benches)
	cargo build --release --package clw-benches
	$(VENV)/python benches/run.py
	$(VENV)/python benches/threads.py
	node benches/forms.mjs

setup: $(STAMPS)/compiler $(STAMPS)/wheel clw-wasm/dist/clw.wasm $(STAMPS)/chromium ## Installs every tool and builds both bindings

clean: ## Removes everything that was built or installed here
	rm -rf target clw-wasm/dist clw-wasm/node_modules examples/*/node_modules examples/*/dist

# What Rust says of the golden cases; the bindings must say the same, byte for byte.
target/tmp/score.jsonl: $(STAMPS)/compiler $(CORE) clw-core/tests/score.rs clw-core/tests/golden/score.json
	cargo test --quiet --package clw-core --test score golden

target/tmp/change.jsonl: $(STAMPS)/compiler $(CORE) clw-core/tests/change_lines.rs $(wildcard clw-core/tests/golden/*.json)
	cargo test --quiet --package clw-core --test change_lines

target/tmp/course.jsonl: $(STAMPS)/compiler $(CORE) clw-core/tests/course_lines.rs clw-core/tests/golden/growth.json
	cargo test --quiet --package clw-core --test course_lines

target/tmp/stages.jsonl: $(STAMPS)/compiler $(CORE) clw-core/tests/stage_lines.rs clw-core/tests/golden/stages.json
	cargo test --quiet --package clw-core --test stage_lines

target/tmp/end_point.jsonl: $(STAMPS)/compiler $(CORE) clw-core/tests/end_point_lines.rs clw-core/tests/golden/end_point.json
	cargo test --quiet --package clw-core --test end_point_lines

# What Rust says of the example caseload.
target/tmp/caseload/evaluation.json: $(STAMPS)/compiler $(CORE) $(wildcard examples/caseload/*)
	cargo run --quiet --package clw-examples --bin evaluate -- examples/caseload $(@D) >/dev/null

# ── set-up: each stamp names what it stands for ──

$(STAMPS):
	@mkdir -p $@

$(STAMPS)/compiler: | $(STAMPS)
	@command -v cargo >/dev/null || { echo 'error: no cargo; install Rust 1.89 or later with rustup' >&2; exit 1; }
	@scripts/need 'command -v cc' build-essential
	@touch $@

$(STAMPS)/python: | $(STAMPS)
	@scripts/need '$(PYTHON) -c "import ensurepip, venv"' python3 python3-venv
	@touch $@

$(STAMPS)/venv: clw-py/requirements-dev.txt | $(STAMPS)/python
	$(PYTHON) -m venv target/venv
	$(VENV)/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(STAMPS)/java: | $(STAMPS)
	@# Of Spark.
	@scripts/need 'command -v java' default-jre-headless
	@touch $@

$(STAMPS)/site: docs/requirements.txt $(STAMPS)/venv
	$(VENV)/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(STAMPS)/peers: benches/requirements.txt benches/package.json $(STAMPS)/venv
	$(VENV)/pip install --quiet --disable-pip-version-check --requirement $<
	@scripts/need 'Rscript -e "for (name in c(\"boot\", \"exactRankTests\")) loadNamespace(name)"' r-base-core r-cran-boot r-cran-exactranktests
	@scripts/need 'command -v node && command -v npm' nodejs npm
	mkdir -p target/npm
	cp benches/package.json target/npm
	cd target/npm && npm install --silent --no-package-lock --no-audit --no-fund
	@touch $@

$(STAMPS)/wheel: $(STAMPS)/compiler $(STAMPS)/venv $(CORE) $(PY)
	rm -rf target/wheels
	$(VENV)/maturin build --quiet --release --manifest-path clw-py/Cargo.toml --interpreter $(VENV)/python --out target/wheels
	$(VENV)/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels/*.whl
	@bytes=$$(cat target/wheels/*.whl | wc -c); echo "the wheel has $$bytes bytes of at most $(WHEEL_BYTES)"; \
	[ $$bytes -le $(WHEEL_BYTES) ] || { echo 'error: the wheel is too large; cargo-bloat and nm --size-sort tell of what' >&2; exit 1; }
	@touch $@

$(STAMPS)/node: clw-wasm/package.json clw-wasm/package-lock.json | $(STAMPS)
	@scripts/need 'command -v node && command -v npm' nodejs npm
	cd clw-wasm && npm ci --no-audit --no-fund
	@touch $@

$(STAMPS)/web: $(foreach example,$(WEB),examples/$(example)/package.json examples/$(example)/package-lock.json) $(STAMPS)/node
	for example in $(WEB); do (cd examples/$$example && npm ci --no-audit --no-fund) || exit 1; done
	@touch $@

$(STAMPS)/wasm-bindgen-$(WASM_BINDGEN): | $(STAMPS)/compiler
	@# Unoptimised: it runs for a tenth of a second, and compiles in half the time.
	cargo install wasm-bindgen-cli --debug --quiet --version $(WASM_BINDGEN) --no-default-features --root target/tools
	@touch $@

clw-wasm/dist/clw.wasm: $(STAMPS)/node $(STAMPS)/wasm-bindgen-$(WASM_BINDGEN) $(CORE) $(WASM)
	scripts/wasm-build

$(STAMPS)/chromium: | $(STAMPS)
	@scripts/need 'command -v chromium' chromium
	@touch $@
