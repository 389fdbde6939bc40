# 调解助手 / Mediator. Every target makes its own set-up; a second run is immediate.
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: setup demo app test test-citus test-qt68 full bench lint screenshots manual

setup:
	@scripts/setup.sh

demo: setup  ## the main job once through, on the shipped sample cases; results in demo/
	@.venv/bin/mediator demo --dir demo

app: setup  ## opens the desktop
	@.venv/bin/mediator app

test:  ## the usual tier, in parallel
	@scripts/setup.sh test
	@$(PY) -m pytest -n 2 --dist worksteal

test-citus:  ## the county's tests on tables spread over machines: make test-citus URL=postgresql+psycopg://…
	@scripts/setup.sh test
	@MEDIATOR_CITUS="$(URL)" $(PY) -m pytest -n 2 --dist worksteal tests/sync/center -k citus

test-qt68:  ## the desktop's tests on the oldest Qt it must run on; part of the long tier
	@scripts/setup.sh qt68
	@.qt68/bin/python -m pytest -n 2 --dist worksteal tests/ui tests/journeys

full: test-qt68  ## the long tier: every kill, every seed, page counts by an office program
	@scripts/setup.sh full
	@$(PY) -m pytest -n 2 --dist worksteal -m "full or not full"

bench: setup  ## speed and memory, as ratios in one run
	@$(PY) -m tests.bench

lint: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

screenshots: setup  ## every page of the desktop as PNG, in build/screenshots
	@.venv/bin/mediator screenshots --out build/screenshots

manual: screenshots  ## the manual with pictures of today's screens, as HTML and PDF in build/manual
	@$(PY) scripts/manual.py pictures build/screenshots
	@$(PY) scripts/manual.py book build/manual
