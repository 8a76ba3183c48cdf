# Two commands do everything, set-up included:
#   make demo    ten calls at once against the practice exchange, into a workbook
#   make test    all checks and tests

SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3; do command -v $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
SOURCES := campaign asr dialogs dialer exports simulator commands cli.py tests benchmarks teaching docs

.PHONY: demo test install dev lint types contracts pytest bench clean

demo: install
	$(BIN)/wenhou demo

test: dev lint types contracts pytest

install: $(VENV)/.installed
dev: $(VENV)/.installed-dev

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "找不到 Python 3.11。请先安装：sudo apt install python3 python3-venv"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || \
	  { echo "需要 Python 3.11 或 3.12，这里是 $$($(PYTHON) -V)。可用 make PYTHON=/路径/python3.11 指定。"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "不能建立 Python 虚拟环境。请先安装：sudo apt install python3-venv，再运行一次。"; exit 2; }

$(VENV)/.installed: $(BIN)/python pyproject.toml
	@echo "正在安装（第一次需要几分钟）…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable .
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python pyproject.toml
	@echo "正在安装测试所需的软件包（第一次需要几分钟）…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[dev]'
	@touch $@ $(VENV)/.installed

lint:
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

pytest:
	$(BIN)/coverage erase
	@# Of a crash of the interpreter its cause is shown last, after a page of everything else.
	$(BIN)/coverage run -m pytest -m "not conversations" --durations=10 2>.pytest-stderr || \
		{ status=$$?; tail -n 40 .pytest-stderr; grep -B 3 -A 9 -e ^Fatal -e "^Current thread" .pytest-stderr; exit $$status; }
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --sort=cover
	@# Conversations are held in real time, with no tracer in their way.
	$(BIN)/python -m pytest -m conversations --durations=10

bench: dev
	$(BIN)/python benchmarks/lines.py

clean:
	rm -rf $(VENV) .pytest-stderr .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache build dist
