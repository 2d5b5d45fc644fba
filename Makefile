# make demo    show what wikimend would repair in a damaged wiki; nothing is written
# make test    everything that must pass before a commit
# make bench   how time grows with a page, and what it costs to start
# make docs    the documentation as a site, in build/site
# make clean   remove the environments and all that can be made again
#
# It needs Python 3.11 or later, git and make. PYTHON chooses the interpreter:
#   make test PYTHON=python3.13

PYTHON ?= python3
TEST := .venv
DEMO := .venv-demo

# In an environment of its own, pip must not be told to install for the user.
export PIP_USER := no
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PACKAGE := pyproject.toml README.md LICENSE rules.yaml $(shell find src -type f -name '*.py')

.PHONY: demo test bench docs clean
.DEFAULT_GOAL := test

# The exit code 1 of --diff says that something would change, which is what a demo is for.
demo: $(DEMO)/installed
	$(DEMO)/bin/wikimend fix --diff fixtures/damaged || test $$? -eq 1

# The tests fetch the examples of the CommonMark specification into .cache, once.
test: $(TEST)/installed
	$(TEST)/bin/python -m ruff check .
	$(TEST)/bin/python -m ruff format --check .
	$(TEST)/bin/python -m mypy
	$(TEST)/bin/python -m wikimend rules test
	$(TEST)/bin/python -m pytest -n 2

bench: $(TEST)/installed
	$(TEST)/bin/python benchmarks/startup.py
	$(TEST)/bin/python benchmarks/linear.py
	$(TEST)/bin/python benchmarks/links.py

# A warning, such as one about a link that leads nowhere, fails it; so it does in the tests.
docs: $(TEST)/installed
	NO_MKDOCS_2_WARNING=1 $(TEST)/bin/python -m mkdocs build --strict
	@echo "open build/site/index.html"

$(TEST)/installed: pyproject.toml
	$(PYTHON) -m venv --clear $(TEST)
	$(TEST)/bin/python -m pip install --quiet --editable '.[test,docs]'
	@touch $@

$(DEMO)/installed: $(PACKAGE)
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet .
	@touch $@

clean:
	rm -rf $(TEST) $(DEMO) .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
