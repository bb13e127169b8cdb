"""HTML made of parts: whatever is no part made here is text, and text is escaped."""

from __future__ import annotations

from html import escape
from typing import Any


class Html(str):
    """Text that is HTML already."""


def text(thing: object) -> Html:
    """The thing as HTML: itself if it is some, else escaped."""
    return thing if isinstance(thing, Html) else Html(escape(str(thing), quote=True))


def joined(*parts: object) -> Html:
    """Some parts one after the other; None is left out."""
    return Html("".join(text(part) for part in parts if part is not None))


def tag(name: str, /, *parts: object, **attributes: Any) -> Html:
    """An element. Attributes: `class_`, `for_`, `data_key` are class, for, data-key; None and False leave one
    out, True gives it without a value."""
    return Html(f"<{name}{_attributes(attributes)}>{joined(*parts)}</{name}>")


def void(name: str, /, **attributes: Any) -> Html:
    """An element without content."""
    return Html(f"<{name}{_attributes(attributes)}>")


def _attributes(given: dict[str, Any]) -> str:
    found = []
    for key, value in given.items():
        name = key.rstrip("_").replace("_", "-")
        if value is True:
            found.append(f" {name}")
        elif value is not None and value is not False:
            found.append(f' {name}="{escape(str(value), quote=True)}"')
    return "".join(found)


def choice(key: str, label: object, options: list[tuple[str, Any]], chosen: str, /, **more: Any) -> Html:
    """A labelled list to choose one from."""
    items = [tag("option", said, value=value, selected=value == chosen) for value, said in options]
    name = f"choose-{key}"
    return tag(
        "p", tag("label", label, for_=name), tag("select", *items, id=name, name=key, **more), class_="choice"
    )
