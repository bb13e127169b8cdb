"""C2: any valid configuration runs; any mutated one runs or is refused. No crash, nothing infinite."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_configurations import trouble, within

from experiments.plan.sweep_plan import plan_sweep
from scenarios.load import load_levers, load_parameters
from scenarios.region.folder import choice_names
from scenarios.spec import LAST_YEAR, POLICY_YEAR
from scenarios.values.errors import MOST_MISTAKES, InputError

SCALES = ("0.001", "0.002", "0.004")
HOSTILE = [
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1",
    "-0.0",
    "true",
    "NO",
    "null",
    "",
    "0x1",
    "１",
    "[0.1]",
    "{}",
    "{2022:nan}",
    "{2019:0}",
    "{x:1}",
    "range(0,1)",
    "range(0,1e9)",
    "glob(*)",
    "choice()",
    "interval(0,1)",
    "${oc.env:HOME}",
    "'",
    '"',
    "../x",
    "a,b",
    "1e-320",
    "1e308",
    "9" * 60,
    "sort(1,0)",
    "int(1.5)",
    "{2022:0,2022:1}",
    "\x00",
    "\n",
]
SIGNS = "[]{}(),:'\"\\$019.eE+-nai =@~*?%０\n\x00#&!|>_<"
LINES = [
    "- 1",
    "base: plan",
    "lever: off",
    "<<: *a",
    "  rate: 0.1",
    "_target_: os.system",
    "---",
    "? a",
    "&a b",
]


def overrides(seed: int) -> list[str]:
    """Words of a valid sweep: some levers and parameters, a world, a size."""
    luck = random.Random(seed)
    words = [f"scenario={luck.choice(choice_names('scenario'))}", f"population.scale={luck.choice(SCALES)}"]
    words += [
        f"world={luck.choice(choice_names('world'))}",
        f"seed={luck.randrange(2**32)}",
        "replications=1",
    ]
    levers = [(name, field) for name, lever in load_levers().items() for field in lever.fields]
    for name, field in luck.sample(levers, luck.randint(0, len(levers))):
        lever = load_levers()[name]
        value = f"{within(lever.fields[field], luck, field in lever.whole)!r}"
        dated = f"{{{luck.randint(POLICY_YEAR, LAST_YEAR)}:{value}}}"
        words.append(f"lever.{name}.{field}={luck.choice([value, dated])}")
    numbers = [(group, name) for group, names in load_parameters().items() for name in names]
    for group, name in luck.sample(numbers, luck.randint(0, 12)):
        words.append(f"parameters.{group}.{name}={within(load_parameters()[group][name], luck)!r}")
    return words


def reform(seed: int) -> str:
    """A valid scenario file."""
    luck = random.Random(seed)
    lines = ["name: mine", f"base: {luck.choice(choice_names('scenario'))}", "lever:"]
    for name, lever in load_levers().items():
        values = [
            f"{field}: {within(number, luck, field in lever.whole)!r}"
            for field, number in lever.fields.items()
        ]
        lines.append(f"  {name}: {{{', '.join(values)}}}")
    return "\n".join(lines)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with one to three small changes."""
    for _ in range(draw(st.integers(1, 3))):
        place, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        kind = draw(st.sampled_from(["insert", "delete", "double", "value", "line"]))
        if kind == "insert":
            text = text[:place] + draw(st.text(SIGNS, max_size=3)) + text[place:]
        elif kind == "delete":
            text = text[:place] + text[min(end, place + 5) :]
        elif kind == "double":
            text = text[:end] + text[place:]
        elif kind == "value":
            text = text[: text.rfind("=" if "=" in text else ":") + 1] + draw(st.sampled_from(HOSTILE))
        else:
            text = text[:place] + "\n" + draw(st.sampled_from(LINES)) + "\n" + text[place:]
    return text


def outcome(words: list[str]) -> str:
    """What is wrong with how a sweep answers; nothing when it is refused in plain lines, or runs."""
    try:
        plan = plan_sweep(words)
    except InputError as error:
        plain = all(line.isprintable() and len(line) < 1_000 for line in error.messages)
        return "" if plain and 1 <= len(error.messages) <= MOST_MISTAKES + 1 else f"told badly: {error}"[:300]
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    specs = next(plan.units())
    return "" if specs[0].scale > 0.01 else trouble(specs[-1])


def tried(battery, tests: int, examples: st.SearchStrategy[list[str]]) -> None:
    @settings(max_examples=tests, database=None, suppress_health_check=list(HealthCheck))
    @given(examples)
    def each(words: list[str]) -> None:
        found = outcome(words)
        battery.record("C2", not found, f"{words}: {found}")

    each()


SEEDS = st.integers(0, 2**32)


def test_any_valid_sweep_runs(battery):
    for seed in range(battery.trials(4, 400)):
        words = overrides(seed)
        plan_sweep(words)  # is not refused
        battery.record("C2", not (found := outcome(words)), f"{words}: {found}")


def test_any_mutated_sweep_runs_or_is_refused(battery):
    @st.composite
    def words(draw: st.DrawFn) -> list[str]:
        valid = overrides(draw(SEEDS))
        place = draw(st.integers(0, len(valid) - 1))
        return [*valid[:place], draw(mutated(valid[place])), *valid[place + 1 :]]

    tried(battery, battery.trials(20, 1_000), words())


def test_any_mutated_scenario_file_runs_or_is_refused(battery, tmp_path):
    @st.composite
    def words(draw: st.DrawFn) -> list[str]:
        text = draw(mutated(reform(draw(SEEDS))))
        (tmp_path / "mine.yaml").write_text(text, "utf-8", errors="surrogateescape")
        return [f"reform={tmp_path / 'mine.yaml'}", "population.scale=0.002"]

    tried(battery, battery.trials(8, 1_000), words())


def test_a_valid_scenario_file_runs(battery, tmp_path):
    for seed in range(battery.trials(3, 200)):
        (tmp_path / "mine.yaml").write_text(reform(seed))
        words = [f"reform={tmp_path / 'mine.yaml'}", "population.scale=0.002"]
        plan_sweep(words)
        battery.record("C2", not (found := outcome(words)), f"{reform(seed)}: {found}")
