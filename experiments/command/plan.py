"""`sanxiang plan`: the plan's measures, the levers behind them, and what these do."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.arguments import FORMAT, Parser, with_region
from experiments.command.printed_json import printed_json
from experiments.exits import Exit
from experiments.language.chosen import EN, speaking
from experiments.measures import text
from experiments.measures.in_json import in_json
from experiments.measures.links import Plan, load_plan
from scenarios.values.errors import InputError


def main(args: Sequence[str]) -> int:
    """sanxiang plan [ID | LEVER | THRUST] [--levers] [region=NAME] [--format text|json]"""
    words, region = with_region(args)
    parser = Parser(prog="sanxiang plan", description=main.__doc__)
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="a measure (C1.1), a lever or a thrust; all unless given",
    )
    parser.add_argument("--levers", action="store_true", help="by lever: each with its measures")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=FORMAT)
    asked = parser.parse_args(list(words))
    if asked.name is not None and asked.levers:
        raise InputError("--levers lists all levers; name none with it")
    told = answer_in_json if asked.format == "json" else answer
    with speaking(EN):  # the report shares its words, and tells them in Chinese too
        print(told(load_plan(region), asked.name, asked.levers))
    return Exit.OK


def answer(plan: Plan, name: str | None, by_lever: bool) -> str:
    """The page as text. Raises: InputError for an unknown name."""
    if name is None:
        return "\n".join(text.by_lever(plan) if by_lever else text.overview(plan)).lstrip("\n")
    kind, numbers = plan.part(name)
    if kind == "thrust":
        return "\n".join(text.thrust_page(plan, name, numbers))
    return "\n".join((text.measure_page if kind == "measure" else text.lever_page)(plan, name))


def answer_in_json(plan: Plan, name: str | None, by_lever: bool) -> str:
    """The same for another program: what is named, and the levers or measures on the other side of it."""
    if name is None:
        return printed_json(in_json(plan, plan.measures, [*plan.levers, *plan.missing]))
    kind, numbers = plan.part(name)
    carry = [one for number in numbers for one in plan.measures[number].levers]
    levers = [name] if kind == "lever" else carry
    return printed_json(in_json(plan, numbers, dict.fromkeys(levers)))
