"""`sanxiang levers`: what levers there are, with their values in each scenario."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.command.catalogue_pages import printed, show_levers, without_format
from experiments.plan.catalogue import levers
from scenarios.values.errors import InputError


def main(args: Sequence[str]) -> int:
    """sanxiang levers [NAME] [--format json]"""
    words, as_json = without_format(args)
    if len(words) > 1:
        raise InputError(f"levers takes one name, not {len(words)}")
    return printed(levers(*words), as_json, show_levers)
