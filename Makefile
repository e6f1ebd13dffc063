# Everything happens in .venv; the system's Python is only asked to make it.
# Another interpreter: make test PYTHON=python3.13

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c tests/constraints.txt

.PHONY: demo test torture check format screenshots man bench clean

demo: .venv/installed ## the board on made-up data
	$(BIN)/followup demo

test: .venv/installed-for-tests ## all tests
	$(BIN)/pytest

# atheris breeds hostile files; where it has no wheel Hypothesis damages them at random instead.
torture: .venv/installed-for-tests ## kills, faults, crowds of writers and hostile files, for minutes
	@$(PIP) --only-binary=atheris -e '.[fuzz]' 2>/dev/null || \
		echo "no atheris for this Python: files are damaged by Hypothesis alone"
	$(BIN)/pytest -m torture tests

check: .venv/installed-for-tests ## the linters
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-for-tests
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

screenshots: .venv/installed-for-tests ## draw the pictures of the README anew
	$(BIN)/python screenshots/draw.py

man: .venv/installed-for-tests ## write the man page anew out of the command line's help
	$(BIN)/python docs/man.py

bench: .venv/installed-for-tests ## starts, keys, the store, the command line: tests/performance/RESULTS.md
	PYTHONPATH=tests $(BIN)/python tests/performance/results.py
	PYTHONPATH=tests $(BIN)/python tests/performance/keys.py
	PYTHONPATH=tests $(BIN)/python tests/performance/plugins.py
	PYTHONPATH=tests $(BIN)/python tests/performance/sending.py

clean:
	rm -rf .venv

.venv/made:
	@test -n "$(PYTHON)" || { \
		echo "followup needs Python 3.11 or newer with its venv module" \
		"(Debian and Ubuntu: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	touch $@

# compileall: the program starts as it would where pip installed it, bytecode at hand.
.venv/installed: .venv/made pyproject.toml tests/constraints.txt
	$(PIP) -e .
	$(BIN)/python -m compileall -q tui
	touch $@

.venv/installed-for-tests: .venv/made pyproject.toml tests/constraints.txt
	$(PIP) -e '.[test]'
	$(BIN)/python -m compileall -q tui
	touch $@ .venv/installed
