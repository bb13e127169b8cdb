"""Values by prefecture and by industry: tiles in colours that anybody can tell apart, and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.explorer.answer import Answer, CellRow, by_cells
from experiments.explorer.labels import say
from experiments.explorer.markup import Html, joined, tag
from experiments.explorer.said import number, other_name, policy_name, so_far
from experiments.explorer.shown import Shown
from experiments.figures.labels import CELLS, place_labels, tiles
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region

CLASSES = 3
"""Steps of colour to either side of nothing."""


def places(shown: Shown, found: Answer) -> Html:
    """Tiles of the prefectures, coloured by value or difference, and the same as a table."""
    view, language = shown.view, shown.language
    pairs, rows = by_cells(shown.asked, view.indicator, view.year, "place")
    if not rows:
        return tag("p", say("waiting", language))
    region = load_region(DEFAULT_REGION)
    at, names = tiles(region), place_labels(region)
    differs = view.show == "difference"
    values = [row.change if differs else row.mine for row in rows]
    most = max(map(abs, values)) or 1.0
    items = [
        _tile(row, names[row.name].name(language), at[row.name], differs, most, language) for row in rows
    ]
    titled = f"{CELLS[view.indicator].full(language)}, {view.year}: {say(view.show, language)}"
    return joined(
        tag("h3", titled, id="map-title"),
        tag("p", so_far(found, language), " · ", say("of_pairs", language, pairs)),
        tag("ol", *items, class_="tiles", role="list", aria_labelledby="map-title"),
        colour_key(differs, most, language),
        cells_table(
            rows, {name: label.name(language) for name, label in names.items()}, shown, "place", pairs
        ),
    )


def _tile(row: CellRow, name: str, at: tuple[int, int], differs: bool, most: float, language: str) -> Html:
    value = row.change if differs else row.mine
    unsure = differs and (row.low is None or row.high is None or row.low <= 0 <= row.high)
    step = round(CLASSES * value / most)
    colour = f"d{step}" if differs else f"v{round(2 * CLASSES * value / most)}"
    said = number(value, digits_of(most), differs)
    return tag(
        "li",
        tag("b", name),
        tag(
            "span",
            said,
            " ~" if unsure else "",
            tag("span", f" ({say('unsure', language)})", class_="hidden") if unsure else None,
        ),
        class_=f"r{at[0]} c{at[1]} {colour}{' unsure' if unsure else ''}",
    )


def digits_of(most: float) -> int:
    """Decimals that show two digits of the largest value."""
    return max(0, min(4, 1 - math.floor(math.log10(most)))) if most > 0 else 0


def colour_key(differs: bool, most: float, language: str) -> Html:
    """What the colours mean."""
    steps = range(-CLASSES, CLASSES + 1) if differs else range(2 * CLASSES + 1)
    size = most / (CLASSES if differs else 2 * CLASSES)
    marks = [
        tag("li", number(step * size, digits_of(most), differs), class_=f"{'d' if differs else 'v'}{step}")
        for step in steps
    ]
    note = tag("p", "~ ", say("unsure", language), class_="quiet") if differs else None
    return joined(tag("ol", *marks, class_="key", role="list"), note)


def row_of(titles: list[str], cells: Sequence[object]) -> Html:
    first = tag("th", cells[0], scope="row", role="rowheader")
    rest = [
        tag(
            "td",
            tag("span", title, class_="title", aria_hidden="true"),
            tag("span", cell),
            role="cell",
            class_=None if cell != "" else "empty",
        )
        for title, cell in zip(titles[1:], cells[1:], strict=True)
    ]
    return tag("tr", first, *rest, role="row")


def cells_table(rows: list[CellRow], names: dict[str, str], shown: Shown, axis: str, pairs: int) -> Html:
    """Values by prefecture or industry, and what changed."""
    language, question = shown.language, shown.question
    titles = [
        say("place" if axis == "place" else "industry", language),
        say("value_column", language, other_name(question, language)),
        say("value_column", language, policy_name(question, language)),
        say("difference_column", language),
    ]
    found = []
    for row in rows:
        digits = digits_of(max(abs(row.mine), abs(row.other), 1e-9))
        fine = digits_of(max(abs(row.change), abs(row.high or 0), abs(row.low or 0), 1e-9))
        ends = (
            ""
            if row.low is None or row.high is None
            else f" [{number(row.low, fine, True)} – {number(row.high, fine, True)}]"
        )
        found.append(
            row_of(
                titles,
                [
                    names[row.name],
                    number(row.other, digits),
                    number(row.mine, digits),
                    f"{number(row.change, fine, True)}{ends}",
                ],
            )
        )
    head = tag("tr", *(tag("th", title, scope="col", role="columnheader") for title in titles), role="row")
    of, named = say("of_pairs", language, pairs), CELLS[shown.view.indicator].full(language)
    caption = f"{named}, {shown.view.year} · {of}"
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", head, role="rowgroup"),
        tag("tbody", *found, role="rowgroup"),
        role="table",
        class_="cards",
    )
