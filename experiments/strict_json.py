"""JSON that every reader takes: a number that is not finite is `null`, never NaN or Infinity."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


def strict_json(content: Any) -> str:
    """The content as indented JSON text."""
    return json.dumps(_told(content), ensure_ascii=False, indent=1, allow_nan=False)


def _told(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {name: _told(one) for name, one in content.items()}
    if isinstance(content, list | tuple):
        return [_told(one) for one in content]
    return None if isinstance(content, float) and not math.isfinite(content) else content
