# The two commands that matter: make run, make test. Needs python3 with venv, git and make; nothing else.

VENV := .venv
PYTHON_IN := $(VENV)/bin/python
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench words pictures package lock clean

help: ## Say what there is to make
	@echo "Innervoice: see, turn and hear the hidden neurons of a music model"
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target words; do \
		printf '%-14s %s\n' "$$target" "$$words"; done

$(VENV)/ready: requirements/make.txt requirements/uv.txt requirements/build.txt pyproject.toml packaging/environment.sh
	@sh packaging/environment.sh

setup: $(VENV)/ready ## Build .venv and see to the libraries of the system
	@sh packaging/system_libraries.sh

run: setup ## Open the window (without a display: do the guided tour and leave a page)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
		exec $(VENV)/bin/innervoice; \
	else \
		echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY): doing the guided tour without a window instead."; \
		QT_QPA_PLATFORM=offscreen $(VENV)/bin/innervoice --tour build/tour; \
	fi

test: setup ## Run all tests, the rules between the rooms among them
	@$(PYTHON_IN) -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile $(TESTS)

check: setup ## Lint, format, types, and the tests of the project's structure
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PYTHON_IN) -m pytest -q tests/tools

bench: setup ## Measure: every file of tests/bench, into build/bench.json and a table
	@$(PYTHON_IN) tests/bench --out build/bench.json $(BENCH)

words: setup ## Collect the window's texts for translators, into build/innervoice.ts
	@$(PYTHON_IN) packaging/collect_words.py

pictures: setup ## Draw the pictures of docs/ from their samples, and take those of the help from the window anew
	@$(PYTHON_IN) packaging/document_pictures.py
	@$(PYTHON_IN) packaging/take_pictures.py

package: setup ## Build wheel and Debian package into dist/, and try the wheel (CHECK=debian: try that in a clean root)
	@$(PYTHON_IN) packaging/package.py $(CHECK)

lock: setup ## Compile requirements/*.txt anew (UPGRADE=--upgrade lifts every version)
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) --override requirements/overrides.txt --extra jax pyproject.toml requirements/development.in \
		-o requirements/make.txt

clean: ## Remove what was built, .venv too
	rm -rf build dist .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
