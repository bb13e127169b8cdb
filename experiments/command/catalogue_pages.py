"""How parameters, levers and checked files are printed."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from json import dumps
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.answer.text_table import readable, signed, wide
from experiments.exits import Exit
from experiments.plan.points import shown
from scenarios.measures import load_measures
from scenarios.values.errors import InputError, unknown
from scenarios.values.tables import YI

Row = dict[str, Any]
FEW = 6  # values that are shown in full, one below the other
BROKEN, LEAST = ("unit",), 16  # columns whose cells go on below, and the places they want
WIDE = 160  # characters where no terminal says how wide it is


def printed(rows: Sequence[Row], as_json: bool, show: Callable[[Sequence[Row]], None]) -> int:
    """Prints the rows as a page, or as JSON for another program."""
    if as_json:
        print(dumps(rows, ensure_ascii=False, indent=1))
    else:
        show(rows)
    return Exit.OK


def without_format(args: Sequence[str]) -> tuple[list[str], bool]:
    """The words without `--format json`, and whether it was there."""
    words = [word for word in args if word != "--format=json"]
    if "--format" in words:
        place = words.index("--format")
        if words[place + 1 : place + 2] != ["json"]:
            raise InputError("--format takes json")
        del words[place : place + 2]
    unknown_options = [word for word in words if word.startswith("-")]
    if unknown_options:
        raise InputError(unknown("option", unknown_options[0], ["--format json"]))
    return words, len(words) < len(args)


def show_params(rows: Sequence[Row]) -> None:
    """Prints parameters: a few in full, many as a table."""
    if len(rows) <= FEW:
        for row in rows:
            _print_block(row["name"], {"value": shown(row["value"]), **_about(row), **_prior(row)})
        return
    cells = [(row["name"], shown(row["value"]), _range(row), row["unit"], row["status"]) for row in rows]
    _print_table(("parameter", "value", "range", "unit", "status"), cells)
    _print(f"\n{len(rows)} parameters; sanxiang params NAME shows the source")


def show_levers(rows: Sequence[Row], region: str) -> None:
    """Prints levers of a region: one in full, several as a table."""
    if len({row["about"]["name"] for row in rows}) == 1:
        _print_lever(rows, region)
        return
    cells = [
        (row["about"]["id"], row["name"], shown(row["in_2020"]), _range(row), row["unit"], row["status"])
        for row in rows
    ]
    _print_table(("id", "field", "in 2020", "range", "unit", "status"), cells)
    measures = load_measures(region).values()
    names = {row["about"]["name"] for row in rows}
    carried = sum(bool(measure.carried_by(names)) for measure in measures)
    _print(f"\n{len(names)} levers carry {carried} of the plan's {len(measures)} measures, in part or whole")
    _print("sources, evidence, measures and values of each scenario: sanxiang levers NAME")


def show_check(rows: Sequence[Row]) -> None:
    """Prints what each checked file changes and costs."""
    for row in rows:
        if row["kind"] == "scenario":
            _print_scenario(row)
        else:
            counts = ", ".join(f"{row[key]} {key}" for key in ("points", "runs", "values") if key in row)
            _print(f"{row['kind']} {row['name']}: ok, {counts}")


def _print_lever(rows: Sequence[Row], region: str) -> None:
    about = rows[0]["about"]
    named = " ".join(dict.fromkeys((about["id"], about["name"])))  # one from outside may have no other id
    _print(f"{named}: {about['label']['en']} {about['label']['zh']} ({about['authority']})")
    for passage in about["plan"]:
        _print(f"  plan {passage['section']}: {passage['quote']}")
    for name, measure in load_measures(region).items():
        if about["name"] in measure.levers:
            _print(f"  measure {name}, {measure.section}: {measure.quote}")
    said = f", {about['locally']}" if about["locally"] else ""
    _print(f"  by prefecture and industry: {'yes' if about['local'] else 'no'}{said}")
    for known in about["evidence"]:
        span = f" {known['range'][0]:g} to {known['range'][1]:g}" if known.get("range") else ""
        _print(f"  evidence: {known['effect']}{span} ({known['cite']})")
    for row in rows:
        same = [name for name, value in row["since_2021"].items() if value == row["since_2021"]["as_in_2020"]]
        since = {f"since 2021, {name}": v for name, v in row["since_2021"].items() if name not in same}
        since |= {f"since 2021, {', '.join(same)}": row["since_2021"]["as_in_2020"]}
        _print_block(f"\n{row['name']}", {"until 2020": row["until_2020"], **since, **_about(row)})


def _print_scenario(row: Row) -> None:
    base = row["base"] or "what was in force in 2020"
    _print(f"scenario {row['name']}: ok, base {base}, closure {row['closure']}")
    for change in row["changes"]:
        _print(f"  {change['name']} since 2021: {change['from']} -> {change['to']}")
    if not row["changes"] and row["closure"] == row["closure_of_base"] and row["base"]:
        _print(f"  changes nothing against {base}")
    cost, before = row["public_cost"] / YI, row["public_cost_of_base"] / YI
    _print(f"  appropriates 2021-25: {cost:,.1f} 亿 yuan ({signed(cost - before, 1)} against its base)")
    most = row["highest_year"]
    if most["cap"] is not None:
        held = "within" if most["within"] else "ABOVE"
        said = f"most in {most['year']}, {most['appropriated'] / YI:,.1f} 亿"
        _print(f"  {said}: {held} the fiscal cap of {most['cap'] / YI:,.1f} 亿 a year")


def _about(row: Row) -> dict[str, str]:
    return {"unit": row["unit"], "range": _range(row), "status": row["status"], "source": row["source"]}


def _prior(row: Row) -> dict[str, str]:
    """The prior as its file has it, where there is one."""
    if not row.get("prior"):
        return {}
    believed = dict(row["prior"])
    reason, solved = believed.pop("reason"), believed.pop("solved", False)
    forms = [f"{form} {shown(first)}, {shown(second)}" for form, (first, second) in believed.items()]
    where = ["where nothing solves it from published levels"] if solved else []
    return {"prior": "; ".join([*(forms or ["none, it stays"]), *where, reason])}


def _range(row: Row) -> str:
    return f"{shown(row['range'][0])} to {shown(row['range'][1])}"


def _print_block(head: str, lines: dict[str, str]) -> None:
    _print(head)
    for key, value in lines.items():
        _print(f"  {key}: {value}")


def _print_table(head: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Names stay in one piece, to be copied; columns from the right give way in a narrow terminal, and are
    told."""
    console = _console()
    rows = [head, *cells]
    rooms = (LEAST if name in BROKEN else _widest(rows, at) + 2 for at, name in enumerate(head))
    kept = max(2, sum(room <= console.width + 2 for room in accumulate(rooms)))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in head[:kept]:
        table.add_column(
            name,
            justify="right" if name in ("value", "in 2020") else "left",
            overflow="fold",
            no_wrap=name not in BROKEN,
        )
    for line in cells:
        table.add_row(*(Text(cell) for cell in line[:kept]))
    console.print(table)
    if kept < len(head):
        _print(f"\nno room in this terminal for: {', '.join(head[kept:])}")


def _widest(rows: Sequence[Sequence[str]], column: int) -> int:
    return max(wide(row[column]) for row in rows)


def _print(text: str) -> None:
    """Literally: what users wrote may hold brackets that rich would take for styles."""
    _console().print(Text(readable(text)), soft_wrap=True)


def _console() -> Console:
    """The terminal, as it is at the moment of printing."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)
