"""HTML built from elements: every text and attribute is escaped, unless it is already Markup."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable


class Markup(str):
    """Text that is HTML already; made by `element` and by the figures, never from what a user wrote."""

    __slots__ = ()


VOID = {"meta", "br", "hr"}


def escaped(part: object) -> str:
    """The part as HTML: Markup as it is, anything else as text without control characters."""
    if isinstance(part, Markup):
        return str(part)
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") else c for c in str(part))
    return html.escape(shown, quote=True)


def element(name: str, *parts: object, **attributes: object) -> Markup:
    """<name attributes>parts</name>; a trailing underscore keeps Python's words apart (class_)."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items()
    )
    if name in VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{''.join(escaped(part) for part in parts)}</{name}>")


def table(caption: str, heads: Iterable[object], rows: Iterable[Iterable[object]], kind: str = "") -> Markup:
    """A table with a caption; the first cell of a row heads the row."""
    head = element("tr", *(element("th", cell, scope="col") for cell in heads))
    body = [
        element(
            "tr",
            *(
                element("td" if place else "th", cell, **({} if place else {"scope": "row"}))
                for place, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    frame = element(
        "table", element("caption", caption), element("thead", head), element("tbody", *body), class_=kind
    )
    return element("div", frame, class_="wide")


def listed(items: Iterable[object], **attributes: object) -> Markup:
    """A bulleted list."""
    return element("ul", *(element("li", item) for item in items), **attributes)


def joined(*parts: Markup) -> Markup:
    """Elements one after the other."""
    return Markup("".join(parts))
