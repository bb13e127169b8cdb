"""What there is to choose from: parameters, levers, scenario files.

params("firms")           rows with value, unit, range, status, source and prior
levers("rd_subsidy")      rows likewise, with the values of each scenario
check("my_reform.yaml")   what a scenario file changes, once every value is found allowed
"""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from experiments.plan.points import shown
from experiments.plan.sweep_plan import plan_sweep
from scenarios.blocks import BUDGET, lever_of
from scenarios.lever import LeverFile
from scenarios.load import CONFIGS, load_levers, load_own_levers, load_parameters, load_scenarios
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.region.folder import DEFAULT_REGION, choice_names
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Scenario
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.number import Dated, Number

Row = dict[str, Any]


def params(name: str | None = None, region: str = DEFAULT_REGION) -> list[Row]:
    """The behavioural parameters: all, those of one group, or the one named NAME or GROUP.NAME.

    Where nothing is called so: those that mention the word.

    Raises:
        InputError: no such group or parameter.
    """
    rows = [
        {
            "name": f"parameters.{group}.{key}",
            "value": number.value,
            **_about(number),
            "prior": None
            if number.prior is None
            else number.prior.model_dump(mode="json", exclude_none=True),
        }
        for group, numbers in load_parameters(region=region).items()
        for key, number in numbers.items()
    ]
    return rows if name is None else _chosen(rows, name.removeprefix("parameters."), "parameter")


def levers(name: str | None = None, region: str = DEFAULT_REGION, own: Path | str | None = None) -> list[Row]:
    """The fields of all levers, or of one: what was in force until 2020, and each scenario's values since.

    Where nothing is called so: those that mention the word. own: a folder of levers from outside, told too.

    Raises:
        InputError: no such lever.
    """
    outside = load_own_levers(own, region=region)
    scenarios = load_scenarios(region=region, own=outside)
    known = load_levers(region=region) | {name: one.file for name, one in outside.items()}
    rows = [_field_row(lever, key, scenarios) for lever in known.values() for key in lever.fields]
    return rows if name is None else _chosen(rows, name.removeprefix("lever."), "lever")


def check(*files: Path | str, own: Path | str | None = None) -> list[Row]:
    """What each scenario file changes and what it costs; files of configs/ count as what they are there.

    own: a folder of levers from outside, which are checked first and which the files may set.

    Raises:
        InputError: one line per mistake in any of the files.
    """
    mistakes, outside = Mistakes(), load_own_levers(own)
    mine = [Path(file) for file in files if _group(Path(file)) is None]
    scenarios = mistakes.attempt(load_scenarios, mine, own=outside) or {}
    rows = [mistakes.attempt(_checked_in_configs, Path(file)) for file in files if Path(file) not in mine]
    rows += [{"name": n, "kind": "lever", "values": len(one.file.fields)} for n, one in outside.items()]
    mistakes.stop_if_any()
    names = set(scenarios) - set(choice_names("scenario"))
    return [row for row in rows if row] + [
        _scenario_row(scenarios[name], scenarios) for name in sorted(names)
    ]


def _about(number: Number) -> Row:
    return {
        "unit": number.unit,
        "range": list(number.range),
        "status": number.status.value,
        "source": number.source,
    }


def _field_row(lever: LeverFile, key: str, scenarios: dict[str, Scenario]) -> Row:
    since = {s.name: path(_since_2021(s.levers[lever.name][key])) for s in scenarios.values()}
    return {
        "name": f"lever.{lever.name}.{key}",
        "about": {"name": lever.name} | lever.about.model_dump(),
        "until_2020": path(lever.fields[key].dated),
        "in_2020": lever.fields[key].at(POLICY_YEAR - 1),
        "since_2021": since,
        **_about(lever.fields[key]),
    }


def path(dated: Dated) -> str:
    """A dated value as on the command line: one number, or years with numbers."""
    return shown(dated[0][1]) if len(dated) == 1 else shown(dict(dated))


def in_force(scenario: Scenario, name: str, key: str) -> Dated:
    """A value of a lever or a block; what a block does not give is as everywhere, its budget nothing."""
    found = scenario.levers.get(name, {}).get(key)
    if found is None:
        found = ((POLICY_YEAR, 0.0),) if key == BUDGET else scenario.levers[lever_of(name)][key]
    return found


def _since_2021(dated: Dated) -> Dated:
    held = [value for year, value in dated if year <= POLICY_YEAR][-1]
    return ((POLICY_YEAR, held), *(step for step in dated if step[0] > POLICY_YEAR))


def _chosen(rows: list[Row], name: str, kind: str) -> list[Row]:
    """The rows of a group or lever, or of one value by its full name or its last part."""
    wanted = name.split(".")
    found = [row for row in rows if row["name"].split(".")[1 : len(wanted) + 1] == wanted]
    found = found or [row for row in rows if row["name"].split(".")[-1] == name]
    found = found or [row for row in rows if name.casefold() in _said_of(row)]
    if not found:
        parts = [row["name"].split(".")[1:] for row in rows]
        groups = {group for group, _ in parts}
        near = get_close_matches(name, groups | {key for _, key in parts} | {".".join(p) for p in parts}, n=1)
        raise InputError(unknown(kind, name, near or groups))
    return found


def _said_of(row: Row) -> str:
    """What a word is looked for in: the name, unit and source, of a lever its labels too."""
    label = row.get("about", {}).get("label") or {}
    return " ".join([row["name"].partition(".")[2], row["unit"], row["source"], *label.values()]).casefold()


def _group(file: Path) -> str | None:
    """The group of configs/ that the file belongs to, if any: scenario, lever, parameters, experiment."""
    folder, shipped = file.resolve().parent, CONFIGS.resolve()
    if folder.name == "scenario" and folder.parent.parent == shipped / "region":
        return "scenario"
    groups = ("lever", "parameters", "experiment")
    return folder.name if folder.parent == shipped and folder.name in groups else None


def _checked_in_configs(file: Path) -> Row:
    group = _group(file)
    region = file.resolve().parent.parent.name if group == "scenario" else DEFAULT_REGION
    if file.stem not in choice_names(str(group), region=region):
        raise InputError(f"{file}: cannot be read: no such file")
    if group == "scenario":
        scenarios = load_scenarios(region=region)
        return _scenario_row(scenarios[file.stem], scenarios, region)
    if group == "experiment":
        plan = plan_sweep([f"experiment={file.stem}"])
        return {"name": file.stem, "kind": group, "runs": plan.runs, "points": len(plan.points)}
    values = load_parameters()[file.stem] if group == "parameters" else load_levers()[file.stem].fields
    return {"name": file.stem, "kind": group, "values": len(values)}


def _scenario_row(scenario: Scenario, scenarios: dict[str, Scenario], region: str = DEFAULT_REGION) -> Row:
    base = scenarios.get(scenario.base or scenario.name, scenario)
    changes = [
        {"name": f"lever.{name}.{key}", "from": path(_since_2021(before)), "to": path(_since_2021(after))}
        for name in {**base.levers, **scenario.levers}
        for key in {**base.levers.get(name, {}), **scenario.levers.get(name, {})}
        if (after := in_force(scenario, name, key)) != (before := in_force(base, name, key))
    ]
    return {
        "name": scenario.name,
        "kind": "scenario",
        "base": scenario.base,
        "closure": scenario.closure.value,
        "closure_of_base": base.closure.value,
        "changes": changes,
        "public_cost": scenario.public_cost(),
        "public_cost_of_base": base.public_cost(),
        "highest_year": _highest_year(scenario, region),
    }


def _highest_year(scenario: Scenario, region: str) -> Row:
    """The year that appropriates most [yuan], and the region's fiscal cap, where it has one."""
    years = {year: scenario.public_cost(year, year) for year in range(POLICY_YEAR, LAST_YEAR + 1)}
    year, cap = max(years, key=years.__getitem__), load_fiscal_cap(region)
    return {
        "year": year,
        "appropriated": years[year],
        "cap": cap and cap.yuan,
        "within": cap and years[year] <= cap.yuan,
    }
