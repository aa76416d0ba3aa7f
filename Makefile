# The tasks of this repository; `make help` lists them. Nothing here needs an activated environment.
.DEFAULT_GOAL := help
.PHONY: help run test docs bench verify format lock clean
BIN := .venv/bin
SPHINX := $(BIN)/sphinx-build -q -W --keep-going -b html docs out/docs

help: ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 10

run: ## answer the first question: who is the creditor of the United States?
	@sh scripts/setup.sh run
	@mkdir -p out
	@$(BIN)/creditor who USA --through --html out/who-usa.html

test: ## style, types, documentation, tests
	@sh scripts/setup.sh test
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "ruff format: some files are not formatted; run make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(SPHINX)
	@chromium=$$(sh scripts/chromium.sh) || [ "$${CI:-}" != true ] || exit 1; \
	    if [ -n "$$chromium" ]; then export CREDITOR_CHROMIUM="$$chromium"; else unset CREDITOR_CHROMIUM; fi; \
	    $(BIN)/python -m pytest -n 2

docs: ## build the documentation into out/docs, executing its pages
	@sh scripts/setup.sh test
	@$(SPHINX)
	@echo "docs: out/docs/index.html"

bench: ## run every benchmarks/NAME.py
	@sh scripts/setup.sh test
	@$(call each,benchmarks)

verify: ## run every verify/NAME.py, against theory and published tables
	@sh scripts/setup.sh test
	@$(call each,verify)

format: ## put every file into the house's format
	@sh scripts/setup.sh test
	@$(BIN)/ruff check --quiet --fix --exit-zero
	@$(BIN)/ruff format

lock: ## compile requirements/*.txt anew; UPGRADE=1 takes the newest versions
	@sh scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove everything that was built, the environment too
	rm -rf .venv out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis docs/_build docs/jupyter_execute
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

each = for file in $(1)/[a-z]*.py; do \
	    [ -e "$$file" ] || { echo "$(1): nothing there yet"; break; }; \
	    echo "$$file"; $(BIN)/python "$$file" || exit 1; \
	done
