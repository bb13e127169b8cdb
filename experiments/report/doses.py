"""The report's section on doses: what every dose of a field does, where it bends, what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from experiments.answer.comparison_table import bounded
from experiments.answer.dose_response import Response, remarks, unit_of
from experiments.answer.pairs import too_small
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

NAME = "doses"


def pictures(held: Sequence[Response]) -> list[Picture]:
    """The figure of each response."""
    return [Picture(_name(one), NAME, word("doses.drawn", lever=one.key), _svg(one)) for one in held]


def _svg(found: Response) -> bytes:
    return files.drawn_as(doses(found)[0], ".svg")


def of_doses(held: Sequence[Response], drawn: Sequence[Picture], folder: str) -> Markup:
    """Every response with its figure, remarks and table; nothing where there is none."""
    if not held:
        return Markup("")
    figures = {picture.name: shown(picture) for picture in drawn}
    return joined(element("p", word("doses.reading")), *(_response(one, figures, folder) for one in held))


def section_of(held: Sequence[Response], drawn: Sequence[Picture], folder: str) -> Markup:
    """The section for a page that has no other list of sections; nothing where there is no response."""
    body = of_doses(held, drawn, folder)
    return element("section", element("h2", word("report.doses")), body, id=NAME) if body else body


def parts_of_page(
    title: str, held: Sequence[Response], drawn: Sequence[Picture], about: Mapping[str, str]
) -> list[Markup]:
    """The report of a folder that holds no sweep; about: its folder, version and data."""
    return [
        element("header", element("h1", title), element("p", word("doses.no_sweep"), class_="soft")),
        element("main", section_of(held, drawn, about["folder"])),
        element("footer", element("p", f"sanxiang {about['version']} · {about['data']}")),
    ]


def _name(found: Response) -> str:
    return f"{NAME}-{found.key.replace('.', '-')}"


def _response(found: Response, figures: Mapping[str, Markup], folder: str) -> Markup:
    told = remarks(found, {measure: label.name(current()) for measure, label in labels(found).items()})
    dose, scale = f"{found.dose_in_force:,.10g}", f"{found.scale:g}"
    about = word("doses.about", dose=dose, unit=unit_of(found), pairs=found.pairs, scale=scale)
    command = response_command(found.key, found.pairs, found.scale, len(found.doses), folder)
    return joined(
        element("h3", found.key),
        element("p", about),
        listed([_without_key(line, found.key) for line in told] or [word("doses.nothing")]),
        figures.get(_name(found), Markup("")),
        _table(found),
        element("p", word("doses.again"), element("code", command), class_="soft"),
    )


def _without_key(remark: str, key: str) -> str:
    return remark.removeprefix(key).lstrip(":： ")


def _table(found: Response) -> Markup:
    names = labels(found)
    heads = [
        _head(Label("Dose", "力度", found.unit, unit_of(found))),
        *(_head(label) for label in names.values()),
    ]
    rows = [
        [f"{dose:,.10g}", *(_cell(found.effect(name)[place], label) for name, label in names.items())]
        for place, dose in enumerate(found.doses)
    ]
    return table(word("doses.caption"), heads, rows)


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
        return joined(
            element("span", word("doses.small")), element("span", bounded(bound), class_="soft-line")
        )
    digits = label.digits_of((high - low) * label.per_unit)  # effects are in the unit as drawn
    said = [signed(value, digits).replace("-", "−") for value in (effects.mean(), low, high)]
    return joined(
        element("span", said[0]),
        element("span", word("doses.to", low=said[1], high=said[2]), class_="soft-line"),
    )
