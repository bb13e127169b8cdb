"""`sanxiang hindcast`: forecasts held against figures that no run has seen, and a past plan's goals."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from experiments.answer.text_table import readable
from experiments.command.arguments import FORMAT, WORKERS, Parser, with_region
from experiments.command.printed_json import printed_json
from experiments.evidence.page_sections import write_section
from experiments.exits import Exit
from experiments.hindcast.forecast import Setting, forecast_of
from experiments.hindcast.knowledge import known
from experiments.hindcast.outcomes import file_text, read_outcomes
from experiments.hindcast.page import HEAD, hindcast_section, past_plan_section
from experiments.hindcast.past_plan import check_series, judge
from experiments.hindcast.past_plan_table import in_json as past_plan_in_json
from experiments.hindcast.past_plan_table import lines as past_plan_lines
from experiments.hindcast.published import load_published
from experiments.hindcast.scored import Result, scored
from experiments.hindcast.sets import KINDS, Kind, chosen_sets
from experiments.hindcast.table import in_json, lines
from scenarios.load import load_config, load_scenarios
from scenarios.region.folder import region_folder
from scenarios.spec import BASELINE, FIRST_YEAR, POLICY_YEAR
from scenarios.values.errors import InputError, unknown
from scenarios.worlds.world import world_names

PAST_PLAN, PUBLISHED = "past-plan", "published"
SETS, REPLICATIONS, SCALE = 40, 2, 0.1
MOST_RUNS = 10_000
LEAST_SCALE = 0.001


def main(args: list[str]) -> int:
    """sanxiang hindcast --outcomes FILE [--train-to YEAR] [...]; sanxiang hindcast past-plan | published"""
    words, region = with_region(args)
    asked = parsed(words)
    load_published(region)
    command = " ".join(["sanxiang hindcast", *args])
    if asked.what == PAST_PLAN:
        return past_plan(asked, region, command)
    if asked.what == PUBLISHED:
        print(file_text(load_published(region).after(asked.train_to)))
        return Exit.OK
    return hindcast(asked, region, command)


def parsed(words: list[str]) -> argparse.Namespace:
    """The words of the command.

    Raises:
        InputError: a word that is none, a count or size out of range, no outcomes and no past plan, or both.
    """
    parser = Parser(prog="sanxiang hindcast")
    what = f"{PAST_PLAN}: goals of the plan that ended; {PUBLISHED}: print figures after --train-to"
    parser.add_argument("what", nargs="?", choices=[PAST_PLAN, PUBLISHED], help=what)
    parser.add_argument("--outcomes", metavar="FILE", help="figures: indicator,year,value a line")
    parser.add_argument("--train-to", type=int, metavar="YEAR", help="the last year that may be known; 2020")
    parser.add_argument("--scenario", metavar="NAME", help=f"{BASELINE} unless given")
    parser.add_argument("--world", metavar="NAME", help="that of config.yaml unless given")
    parser.add_argument("--parameters", choices=KINDS, help="those that know nothing later unless given")
    parser.add_argument(
        "--approximate", action="store_true", help="take a posterior of another model, too, and say so"
    )
    parser.add_argument("--draws", type=int, metavar="K", help=f"sets of parameters; {SETS}")
    parser.add_argument(
        "--replications", type=int, default=REPLICATIONS, metavar="N", help="runs of each set"
    )
    parser.add_argument("--scale", type=float, default=SCALE, metavar="F", help="size of the province")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    parser.add_argument("--figure", metavar="FILE", help="draw intervals and histogram (SVG, PDF, PNG)")
    parser.add_argument("--write", metavar="FILE", help="put the result into a Markdown page")
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(words)
    if (asked.outcomes is None) == (asked.what is None):
        raise InputError(f"hindcast takes --outcomes FILE, {PAST_PLAN} or {PUBLISHED} - {usage(parser)}")
    if asked.what == PAST_PLAN and (asked.train_to is not None or asked.figure is not None):
        raise InputError(f"{PAST_PLAN} takes no --train-to and no --figure")
    check_counts(asked)
    return asked


def usage(parser: argparse.ArgumentParser) -> str:
    """How the command is called, in one line."""
    return f"usage: {' '.join(parser.format_usage().split()[1:])}"


def check_counts(asked: argparse.Namespace) -> None:
    """Refuses years that nobody trains to, and counts and sizes out of range.

    Raises:
        InputError.
    """
    asked.train_to = POLICY_YEAR - 1 if asked.train_to is None else asked.train_to
    if not FIRST_YEAR <= asked.train_to < POLICY_YEAR:
        raise InputError(
            f"--train-to {asked.train_to}: expected a year from {FIRST_YEAR} to {POLICY_YEAR - 1}, the last "
            "of which any figure is known"
        )
    for name in ("draws", "replications", "workers"):
        count = getattr(asked, name)
        if count is not None and not 1 <= count <= MOST_RUNS:
            raise InputError(f"--{name} {count} is not a whole number from 1 to {MOST_RUNS:,}")
    if not LEAST_SCALE <= asked.scale <= 1.0:
        raise InputError(f"--scale {asked.scale:g} is not a number from {LEAST_SCALE:g} to 1")


def setting_of(asked: argparse.Namespace, region: str, train_to: int, kind: Kind | None) -> Setting:
    """What is run.

    Raises:
        InputError: a scenario or world that does not exist, sets that are not there, one run or too many.
        ModelDiffers, CorruptData: as chosen_sets.
    """
    scenario, world = asked.scenario or BASELINE, asked.world or str(load_config()["world"])
    scenarios, worlds = load_scenarios(region=region), world_names(region_folder(region))
    if scenario not in scenarios:
        raise InputError(unknown("scenario", scenario, scenarios))
    if world not in worlds:
        raise InputError(unknown("world", world, worlds))
    sets = chosen_sets(region, train_to, kind, asked.draws, SETS, asked.approximate)
    if find_spec("scoringrules") is None:
        raise InputError(
            "scores need scoringrules, of the extra `calibrate`: pip install 'sanxiang[calibrate]'"
        )
    setting = Setting(region, scenario, world, sets, asked.replications, asked.scale, train_to)
    if not 2 <= setting.runs <= MOST_RUNS:
        raise InputError(f"{setting.runs} runs: a spread takes 2, and at most {MOST_RUNS:,} are made")
    return setting


def hindcast(asked: argparse.Namespace, region: str, command: str) -> int:
    """Outcomes of a file beside forecasts."""
    outcomes = read_outcomes(asked.outcomes, asked.train_to)
    if asked.figure is not None:
        check_figure(asked.figure)
    setting = setting_of(asked, region, asked.train_to, asked.parameters)
    from experiments.hindcast.runs import lives, specs_of

    runs = lives(specs_of(setting), max(one.year for one in outcomes), asked.workers)
    indicators = list(dict.fromkeys(one.indicator for one in outcomes))
    published = load_published(region)
    forecast = forecast_of(runs, indicators, published, asked.train_to)
    result = scored(outcomes, forecast, published, setting)
    print(printed_json(in_json(result)) if asked.format == "json" else readable(lines(result)))
    if asked.figure is not None:
        draw(result, asked.figure)
    if asked.write is not None:
        name = f"hindcast to {asked.train_to}, {setting.sets.kind}"
        write_section(Path(asked.write), name, hindcast_section(result, command), HEAD)
    return Exit.OK


def past_plan(asked: argparse.Namespace, region: str, command: str) -> int:
    """The goals of the plan that has ended, from its first year on, before anybody knew."""
    published = load_published(region)
    plan = published.past_plan
    if plan is None:
        raise InputError(f"{published.path} has no past_plan")
    setting = setting_of(asked, region, FIRST_YEAR - 1, asked.parameters)
    from experiments.hindcast.runs import lives, recorded, specs_of

    check_series(plan, recorded(region), str(published.path))
    specs = specs_of(setting)
    judged = judge(plan, lives(specs, plan.due, asked.workers), [spec.draw for spec in specs])
    knows = known(region, setting.world, setting.sets, setting.train_to)
    tell = (judged, setting, knows)
    as_json = asked.format == "json"
    print(printed_json(past_plan_in_json(*tell)) if as_json else readable(past_plan_lines(*tell)))
    if asked.write is not None:
        write_section(Path(asked.write), PAST_PLAN, past_plan_section(*tell, command), HEAD)
    return Exit.OK


def check_figure(path: str) -> None:
    """Refuses a name that no figure can have. Raises: InputError."""
    from experiments.figures.files import check_suffix

    check_suffix(Path(path))


def draw(result: Result, path: str) -> None:
    """Writes the figure.

    Raises:
        CannotWrite: with the reason.
    """
    from experiments.figures.files import save
    from experiments.hindcast.figure import hindcast_figure

    save(hindcast_figure(result), Path(path))
