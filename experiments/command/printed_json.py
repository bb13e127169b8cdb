"""JSON for another program that is safe to look at: what a terminal would obey is written as an escape."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any


def printed_json(content: Any) -> str:
    """The content as JSON, letters of all scripts as they are, control characters and the like escaped.

    A number that is not finite is null, since JSON has no other word for it.
    """
    text = json.dumps(_finite(content), ensure_ascii=False, indent=1, allow_nan=False)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def _finite(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {key: _finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(value) for value in content]
    return None if isinstance(content, float) and not isfinite(content) else content
