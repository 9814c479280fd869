# The commands of the project; `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PORT ?= 8000
QUIZ_INSTANCE ?= $(CURDIR)/instance
export PORT QUIZ_INSTANCE

BIN := .venv/bin
LINTED := app.py quiz question_bank migrations tests benchmarks pictures bin/serve bin/screenshots
SOURCES := $(wildcard $(LINTED))

.PHONY: help run migrate test check format bench lock runtime development

help: ## Say what each command does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1#\2/p' Makefile | awk -F'#' '{printf "  %-14s %s\n", $$1, $$2}'

run: runtime ## Start the quiz with demo people on http://127.0.0.1:8000 (PORT=… for another port)
	@bin/compress
	@QUIZ_DEMO=1 $(BIN)/flask --app app setup
	@QUIZ_DEMO=1 exec $(BIN)/python bin/serve

migrate: runtime ## Bring the database of the instance to the newest migration
	@$(BIN)/flask --app app db upgrade

test: development ## Run every test: units, both databases, a real browser, faults
	@bin/compress
	@bin/test

check: development ## Check format, lint, types, templates, contracts and the question bank
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --quiet --lint templates question_bank
	@$(BIN)/python -m question_bank lint

format: development ## Put sources into the one format
	@$(BIN)/ruff check --fix --select I $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: development ## Measure a first start, pages and saves against bare ones, and a slow device in a browser
	@bin/compress
	@$(BIN)/python -m benchmarks

lock: development ## Write requirements.txt and requirements-dev.txt anew from the .in files
	@bin/lock

runtime:
	@bin/environment runtime

development:
	@bin/environment development
