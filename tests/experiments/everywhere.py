"""Puts a function in the place of another in every module that has imported it."""

import sys
from collections.abc import Callable
from typing import Any

import pytest


def replace_everywhere(
    patch: pytest.MonkeyPatch, function: Callable[..., Any], other: Callable[..., Any]
) -> None:
    """Until the end of the test, whoever knows the one calls the other."""
    name = function.__name__
    for module in list(sys.modules.values()):
        if vars(module).get(name) is function:
            patch.setattr(module, name, other)
