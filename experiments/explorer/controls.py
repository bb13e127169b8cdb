"""The controls: levers by the plan's thrusts in its words; assumptions and the world apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from experiments.explorer.labels import LANGUAGES, YUAN_A_YEAR, field_name, say, unit_name
from experiments.explorer.markup import Html, choice, joined, tag, void
from experiments.explorer.question import Question, known_scenarios
from experiments.figures.labels import industry_labels, place_labels
from experiments.plan.drawn_sets import SOURCES
from experiments.plan.points import shown
from scenarios.blocks import BLOCKS
from scenarios.lever import LeverFile
from scenarios.load import load_levers, load_parameters
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, choice_names, region_folder
from scenarios.region.region import load_region
from scenarios.spec import LAST_YEAR, LATEST_YEAR, POLICY_YEAR, Closure, Scenario
from scenarios.thrusts import NONE, THRUSTS
from scenarios.values.exact_text import exact_text
from scenarios.values.number import value_at
from scenarios.values.tables import YI
from scenarios.values.yaml_reader import read_yaml

YEARS = tuple(range(POLICY_YEAR, LAST_YEAR + 1))
MOST_SLID = 3.0
"""A slider goes to so many times the largest value of a shipped scenario, or to the end of the range."""


class Given(NamedTuple):
    """What a question gives a lever, as controls show it. verbatim: what they cannot, by key, as text."""

    year: int
    values: dict[str, float]
    place: str
    industry: str
    block: dict[str, float]
    block_year: int
    verbatim: dict[str, str]


def given(question: Question, lever: str) -> Given:
    """What the question gives a lever."""
    mine = {key.split(".")[2]: value for key, value in question.levers if key.split(".")[1] == lever}
    years, values, verbatim = [], {}, {}
    for key, value in mine.items():
        step = None if key == BLOCKS else _one_step(value)
        if step is None:
            verbatim[key] = shown(value)
        else:
            years.append(step[0])
            values[key] = step[1]
    if len(set(years)) > 1:
        verbatim |= {key: shown(mine[key]) for key in values}
        values, years = {}, []
    place, industry, block, year = _block(mine.get(BLOCKS))
    if block:
        verbatim.pop(BLOCKS, None)
    return Given(years[0] if years else POLICY_YEAR, values, place, industry, block, year, verbatim)


def _one_step(value: Any) -> tuple[int, float] | None:
    """A value from one year on; None for any other."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return POLICY_YEAR, float(value)
    if isinstance(value, Mapping) and len(value) == 1:
        ((year, item),) = value.items()
        if isinstance(item, (int, float)):
            return int(year), float(item)
    return None


def _block(value: Any) -> tuple[str, str, dict[str, float], int]:
    """The only block of a lever, where it is for one place or industry, from one year on."""
    nothing: tuple[str, str, dict[str, float], int] = ("", "", {}, POLICY_YEAR)
    if not isinstance(value, list) or len(value) != 1:
        return nothing
    fields = dict(value[0])
    where, industries = list(fields.pop("where", [])), list(fields.pop("industries", []))
    steps = {key: _one_step(item) for key, item in fields.items()}
    years = {step[0] for step in steps.values() if step is not None}
    if len(where) > 1 or len(industries) > 1 or None in steps.values() or len(years) != 1:
        return nothing
    found = {key: step[1] for key, step in steps.items() if step is not None}
    return "".join(where), "".join(industries), found, years.pop()


def levers_form(question: Question, language: str) -> Html:
    """All levers by thrust; those of a thrust open where the question changes one."""
    levers, base = load_levers(), known_scenarios()[question.base]
    changed = {key.split(".")[1] for key, _ in question.levers}
    groups = []
    for name in (*THRUSTS, NONE):
        those = [one for one in levers.values() if one.about.thrust == name]
        if not those:
            continue
        title = say("unnamed", language) if name == NONE else _name(THRUSTS[name], language)
        count = tag("span", "", class_="count", data_say=say("set", language, "#"))
        body = [_lever(one, base, given(question, one.name), language) for one in those]
        touched = any(one.name in changed for one in those)
        groups.append(tag("details", tag("summary", title, " ", count), *body, class_="thrust", open=touched))
    return joined(*groups)


def _name(thing: Any, language: str) -> str:
    """The name of what has `en` and `zh`."""
    return str(thing.zh if language == "zh" else thing.en)


def _lever(lever: LeverFile, base: Scenario, mine: Given, language: str) -> Html:
    quotes = [
        tag("blockquote", tag("p", f"“{one.quote}”", lang="zh"), tag("footer", one.section, lang="zh"))
        for one in lever.about.plan
    ]
    fields = [_field(lever, key, base, mine.values.get(key), language) for key in lever.fields]
    verbatim = [_verbatim(lever.name, key, value, language) for key, value in mine.verbatim.items()]
    kept = bool(mine.values or mine.block or mine.verbatim)
    return tag(
        "details",
        tag("summary", _name(lever.about.label, language), tag("span", "", class_="count")),
        tag("div", tag("h4", say("of_plan", language)), *quotes, class_="words") if quotes else None,
        *fields,
        _year(f"{lever.name}-year", say("from_year", language), mine.year),
        *verbatim,
        _somewhere(lever, base, mine, language),
        class_="lever",
        data_lever=lever.name,
        open=kept,
    )


def _verbatim(lever: str, key: str, value: str, language: str) -> Html:
    """A value of a lever that no control shows: kept as it came."""
    return _kept(f"lever.{lever}.{key}", say("as_in_link", language, f"{key} = {value}"), value, language)


def _kept(name: str, said: str, value: str, language: str) -> Html:
    """A value by its key, in words, with a button that removes it."""
    remove = say("remove", language)
    button = tag("button", remove, type="button", class_="remove", aria_label=f"{remove}: {name}")
    return tag(
        "p",
        said,
        " ",
        void("input", type="hidden", data_verbatim=name, value=value),
        button,
        class_="verbatim",
    )


def _field(
    lever: LeverFile, key: str, base: Scenario, value: float | None, language: str, block: bool = False
) -> Html:
    number = lever.fields[key]
    factor = YI if unit_of_money(number.unit) else 1.0
    now = value_at(base.levers[lever.name][key], LAST_YEAR)
    low, high = number.range[0], _slid(lever.name, key)
    name = f"{'block-' if block else ''}{lever.name}.{key}"
    label = f"{field_name(key, language)} ({unit_name(number.unit, language)})"
    said = say("in_force", language, f"{now / factor:,.10g}") if not block else ""
    shared = {
        "data_field": key,
        "data_factor": plain(factor),
        "data_block": block,
        "step": "any",
        "min": plain(low / factor),
    }
    whole = 1 if key in lever.whole else None
    typed = void(
        "input",
        type="number",
        id=name,
        value="" if value is None else plain(value / factor),
        max=plain(number.range[1] / factor),
        inputmode="decimal",
        aria_describedby=f"{name}-now",
        **shared | {"step": whole or "any"},
    )
    slid = (
        void(
            "input",
            type="range",
            max=plain(high / factor),
            value=plain((now if value is None else value) / factor),
            data_for=name,
            aria_label=f"{_name(lever.about.label, language)}: {label}",
            min=shared["min"],
            step=whole or plain(max((high - low) / factor / 100, 1e-9)),
        )
        if not block
        else None
    )
    return tag(
        "p", tag("label", label, for_=name), slid, typed, tag("small", said, id=f"{name}-now"), class_="field"
    )


def unit_of_money(unit: str) -> bool:
    """Whether a unit is yuan a year of a programme, typed and shown in 亿."""
    return unit.startswith(YUAN_A_YEAR) and "per firm" not in unit


@cache
def _slid(name: str, key: str) -> float:
    """Where the slider of a field ends."""
    high = load_levers()[name].fields[key].range[1]
    largest = max(value for one in known_scenarios().values() for _, value in one.levers[name][key])
    return min(high, MOST_SLID * largest) if largest > 0 else high


def _year(name: str, label: str, chosen: int) -> Html:
    return choice(name, label, [(str(year), year) for year in YEARS], str(chosen), data_year=True)


def _somewhere(lever: LeverFile, base: Scenario, mine: Given, language: str) -> Html:
    """Values for one prefecture or industry alone, where the lever can be given so."""
    if not lever.about.local:
        return tag("p", say("whole_only", language), class_="quiet")
    region = load_region(DEFAULT_REGION)
    places = [(name, label.name(language)) for name, label in place_labels(region).items()]
    industries = [(name, label.name(language)) for name, label in industry_labels(region).items()]
    return tag(
        "details",
        tag("summary", say("somewhere", language)),
        choice(
            f"{lever.name}-place",
            say("place", language),
            [("", say("everywhere", language)), *places],
            mine.place,
            data_place=True,
        ),
        choice(
            f"{lever.name}-industry",
            say("industry", language),
            [("", say("every_industry", language)), *industries],
            mine.industry,
            data_industry=True,
        ),
        *(_field(lever, key, base, mine.block.get(key), language, block=True) for key in lever.fields),
        _year(f"{lever.name}-block-year", say("from_year", language), mine.block_year),
        class_="somewhere",
        open=bool(mine.block),
    )


def plain(value: float) -> str:
    """A number as a control holds it: as short as it can be read back."""
    return exact_text(round(value, 12))


def policy_form(question: Question, language: str) -> Html:
    """What the policy begins with, what it is held against, what pays for it."""
    scenarios = [(name, one.label[language]) for name, one in known_scenarios().items()]
    closures = [("", say("as_base", language))] + [(str(one), say(str(one), language)) for one in Closure]
    return joined(
        choice("base", say("base", language), scenarios, question.base),
        choice("against", say("against", language), scenarios, question.against),
        choice("closure", say("closure", language), closures, question.closure or ""),
    )


def assumptions_form(question: Question, language: str) -> Html:
    """The world, where parameters come from and single ones, the last year, the seed: no policy."""
    worlds = [(name, _world_label(name)[LANGUAGES.index(language)]) for name in choice_names("world")]
    sources = [("", say("usual_sets", language))] + [(one, say(one, language)) for one in SOURCES]
    years = [(str(year), year) for year in range(LAST_YEAR, LATEST_YEAR + 1)]
    return joined(
        choice("world", say("world", language), worlds, question.world),
        choice("parameters", say("parameters", language), sources, question.source or ""),
        own_parameters(question, language),
        choice("horizon", say("horizon", language), years, str(question.horizon)),
        tag(
            "p",
            tag("label", say("seed", language), for_="choose-seed"),
            void("input", id="choose-seed", name="seed", type="number", min=0, step=1, value=question.seed),
            class_="choice",
        ),
    )


def own_parameters(question: Question, language: str) -> Html:
    """The parameters that the question sets, each with a button that removes it, and a line for another."""
    held = [
        _kept(key, f"{key} = {shown(value)}", shown(value), language) for key, value in question.parameters
    ]
    names = [
        void("option", value=f"parameters.{group}.{name}")
        for group, numbers in load_parameters().items()
        for name in numbers
    ]
    typed = {"list": "parameter-names", "autocomplete": "off", "spellcheck": "false"}
    line = tag(
        "p",
        tag("label", say("parameter", language), for_="parameter-name"),
        void("input", id="parameter-name", **typed),
        tag("label", say("parameter_value", language), for_="parameter-value"),
        void("input", id="parameter-value", type="number", step="any"),
        tag("datalist", *names, id="parameter-names"),
        class_="field",
    )
    return joined(tag("div", *held, id="own-parameters"), line)


@cache
def _world_label(name: str) -> tuple[str, str]:
    """What a world is called in English and Chinese."""
    table = read_yaml(region_folder(DEFAULT_REGION, CONFIGS) / "world" / f"{name}.yaml").get("label", {})
    return str(table.get("en", name)), str(table.get("zh", name))
