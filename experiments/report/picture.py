"""A figure as it stands in the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.figures import files
from experiments.report.markup import Markup, element, escaped, joined


class Picture(NamedTuple):
    """A figure of the report: its name, also of its file, its section, its caption, its SVG file.

    of, result: what stands above its panels and what it comes to, for who cannot see it.
    """

    name: str
    section: str
    caption: str
    svg: bytes
    of: str = ""
    result: str = ""

    @property
    def alternative(self) -> str:
        """The text in place of the picture: no other figure of the page has it."""
        said = f"{self.of}. {self.caption}" if self.of else self.caption
        return f"{said} {self.result}".rstrip()


def shown(picture: Picture) -> Markup:
    """The figure with its caption under it."""
    name = f"figure-{picture.name}"
    svg = Markup(files.inlined(picture.svg, name, escaped(picture.alternative)))
    frame = element("div", svg, class_="drawing")
    return element("figure", frame, element("figcaption", picture.caption), id=name)


def of_section(name: str, drawn: Sequence[Picture]) -> Markup:
    """The figures that stand in a section."""
    return joined(*(shown(picture) for picture in drawn if picture.section == name))
