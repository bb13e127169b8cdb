"""The report's section on doses: what every dose of a field does, where it bends, what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from experiments.answer.dose_response import Response, remarks
from experiments.answer.pairs import too_small, within
from experiments.answer.probability import mean_interval
from experiments.answer.text_table import signed
from experiments.figures import files
from experiments.figures.doses import doses, labels
from experiments.figures.labels import Label
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.plan.words import response_command
from experiments.report.markup import Markup, element, joined, listed, table
from experiments.report.picture import Picture, shown

NAME, SMALL = "doses", "too small to matter"
READING = (
    "Each dose holds from 2021 on and is compared with what is in force, in pairs of runs with the same past "
    "and luck; these runs belong to no sweep. Read in 2025, money over 2021–25."
)
ABOUT = "In force: {:,.10g} {}. {} pairs of equal luck at scale {:g}."
NOTHING = "No kink, no plateau, and all money is absorbed."
CAPTION = "Paired differences to what is in force, with Student's 95 % interval of their mean"
DRAWN = "Response to {}: paired differences to what is in force over the dose; bands are 95 % intervals."


def pictures(held: Sequence[Response]) -> list[Picture]:
    """The figure of each response."""
    return [Picture(_name(one), NAME, DRAWN.format(one.key), _svg(one)) for one in held]


def _svg(found: Response) -> bytes:
    return files.drawn_as(doses(found)[0], ".svg")


def of_doses(held: Sequence[Response], drawn: Sequence[Picture], folder: str) -> Markup:
    """Every response with its figure, remarks and table; nothing where there is none."""
    if not held:
        return Markup("")
    figures = {picture.name: shown(picture) for picture in drawn}
    return joined(element("p", READING), *(_response(one, figures, folder) for one in held))


def section_of(held: Sequence[Response], drawn: Sequence[Picture], folder: str) -> Markup:
    """The section for a page that has no other list of sections; nothing where there is no response."""
    body = of_doses(held, drawn, folder)
    return element("section", element("h2", word("report.doses")), body, id=NAME) if body else body


def parts_of_page(
    title: str, held: Sequence[Response], drawn: Sequence[Picture], about: Mapping[str, str]
) -> list[Markup]:
    """The report of a folder that holds no sweep; about: its folder, version and data."""
    return [
        element("header", element("h1", title), element("p", "This folder holds no sweep.", class_="soft")),
        element("main", section_of(held, drawn, about["folder"])),
        element("footer", element("p", f"sanxiang {about['version']} · {about['data']}")),
    ]


def _name(found: Response) -> str:
    return f"{NAME}-{found.key.replace('.', '-')}"


def _response(found: Response, figures: Mapping[str, Markup], folder: str) -> Markup:
    told = remarks(found, {measure: label.en for measure, label in labels(found).items()})
    about = ABOUT.format(found.dose_in_force, found.unit, found.pairs, found.scale)
    command = response_command(found.key, found.pairs, found.scale, len(found.doses), folder)
    return joined(
        element("h3", found.key),
        element("p", about),
        listed([line.removeprefix(f"{found.key}: ") for line in told] or [NOTHING]),
        figures.get(_name(found), Markup("")),
        _table(found),
        element("p", "Again: ", element("code", command), class_="soft"),
    )


def _table(found: Response) -> Markup:
    names = labels(found)
    heads = [_head(Label("Dose", "剂量", found.unit)), *(_head(label) for label in names.values())]
    rows = [
        [f"{dose:,.10g}", *(_cell(found.effect(name)[place], label) for name, label in names.items())]
        for place, dose in enumerate(found.doses)
    ]
    return table(CAPTION, heads, rows)


def _head(label: Label) -> Markup:
    language = current()
    return joined(
        element("span", label.name(language)), element("span", label.change(language), class_="soft-line")
    )


def _cell(effects: np.ndarray, label: Label) -> Markup:
    """Mean and interval of the pairs, with as many decimals as the interval allows."""
    low, high = mean_interval(effects)
    bound = too_small(low, high, 10.0**-label.digits)
    if bound is not None:
        return joined(element("span", SMALL), element("span", within(bound), class_="soft-line"))
    digits = label.digits_of((high - low) * label.per_unit)  # effects are in the unit as drawn
    said = [signed(value, digits).replace("-", "−") for value in (effects.mean(), low, high)]
    return joined(element("span", said[0]), element("span", f"{said[1]} to {said[2]}", class_="soft-line"))
