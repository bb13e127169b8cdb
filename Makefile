# make run     everything from a bare checkout: set up once, run the shipped sweep, print the table
# make test    style, types, layers, then every test but the benchmarks
# make battery every fault of tests/battery tried in full (hours); needs a Chromium and installs it where it may
# make bench   the speed table
# make pages   what 2016-20 teaches, and every page that a command wrote, anew (hours)
# make install set up only;  make lock  newer versions (needs uv);  make clean  back to a bare checkout

.PHONY: run test beside compiled battery bench pages install lock clean
.DEFAULT_GOAL := run

# Running needs half of what tests and extras need: each is set up where it is first asked for.
installed := .venv/.installed
complete := .venv/.complete

run: $(installed)
	@.venv/bin/sanxiang sweep

# Tests start dozens of processes: without kept bytecode each would read all sources anew.
test battery: export PYTHONDONTWRITEBYTECODE =

# What needs no compiled rules is tried while they are compiled, once, and not by every worker of pytest.
uncompiled := tests/architecture tests/scenarios tests/battery/test_refused.py

test: $(complete)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/lint-imports --no-cache --no-logo
	@$(MAKE) --no-print-directory -j 2 beside compiled
	.venv/bin/pytest -n 3 --dist loadfile $(addprefix --ignore=,$(uncompiled))

# Beside the compiler, which is done before them. Three workers above, where CI has two processors: many tests wait.
beside:
	.venv/bin/mypy
	.venv/bin/pytest -q -n 2 --dist loadfile $(uncompiled)

compiled:
	@.venv/bin/python -c 'from sim.model import choose; from sim.run import simulate; simulate([choose("plan", scale=0.004)])'

battery: $(complete) compiled
	@CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && .venv/bin/pytest tests/battery --battery -n 2 --dist loadfile

bench: $(complete)
	@.venv/bin/sanxiang bench

# In this order: what follows a posterior is made with it. Each page names the command that made it.
pages: $(complete)
	.venv/bin/sanxiang calibrate --rows 20000 --rounds 250 --sets 400 --write configs --report docs/CALIBRATION.md
	.venv/bin/sanxiang calibrate --train-to 2018 --rows 6000 --rounds 250 --sets 400 --write configs
	.venv/bin/sanxiang calibrate --ranks 200 --figure docs/calibration_ranks.svg --report docs/CALIBRATION.md
	.venv/bin/sanxiang calibrate --methods 20 --rows 2000 --report docs/CALIBRATION.md
	.venv/bin/sanxiang calibrate --sensitivity --rows 3000 --report docs/CALIBRATION.md
	.venv/bin/sanxiang calibrate --control 60 --report docs/CALIBRATION.md
	mkdir -p results && .venv/bin/sanxiang hindcast published --train-to 2018 > results/published.csv
	cd results && ../.venv/bin/sanxiang hindcast --outcomes published.csv --train-to 2018 --write ../docs/VALIDATION.md
	.venv/bin/sanxiang hindcast past-plan --write docs/VALIDATION.md
	.venv/bin/sanxiang facts --draws 16 --replications 20 --report docs/PLAUSIBILITY.md
	.venv/bin/sanxiang levers --effects --draws 12 --replications 3 --scale 0.1 --write
	.venv/bin/sanxiang evidence --draws 8 --replications 6 --write

install: $(complete)

# Results are not touched: they may have taken hours.
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks
	find agents scenarios sim experiments configs tests -name __pycache__ -type d -prune -exec rm -rf {} +

lock:
	@.ci/lock

$(installed): pyproject.toml requirements.lock
	@.ci/set_up

$(complete): pyproject.toml requirements.lock requirements-dev.lock
	@.ci/set_up dev

# The folder was moved or its Python removed: the scripts in .venv point nowhere, whatever their dates say.
ifneq ($(shell .venv/bin/python -c 'print(open(".venv/.installed").read().strip())' 2>/dev/null),$(shell pwd -P))
.PHONY: $(installed) $(complete)
endif
