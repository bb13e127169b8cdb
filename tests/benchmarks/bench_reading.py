"""How long people wait before anything runs: `.venv/bin/pytest tests/benchmarks/bench_reading.py`.

Promised on a quiet core: a refusal within a second, the shipped files within .1 s, 20,000 firms within .4 s.
"""

from contextlib import suppress

from scenarios.load import CONFIGS
from scenarios.region.region import load_region
from scenarios.values.errors import InputError
from scenarios.values.yaml_reader import parse_yaml, read_yaml
from sim.luck.draws import Draws
from sim.start.synthesis import synthesise


def test_a_file_of_half_a_million_values_is_refused(benchmark):
    text = "a: [" + "1," * 490_000 + "1]"

    def refused() -> None:
        with suppress(InputError):
            parse_yaml(text, "mine.yaml")

    benchmark.pedantic(refused, rounds=3)


def test_all_of_configs_is_read(benchmark):
    paths = sorted(CONFIGS.rglob("*.yaml"))
    benchmark.pedantic(lambda: [read_yaml(path) for path in paths], rounds=3)


def test_twenty_thousand_firms_are_made(benchmark):
    region = load_region("hunan")
    benchmark.pedantic(synthesise, (region, {}, Draws(3), 20_000 / 14_000), rounds=3, warmup_rounds=1)
