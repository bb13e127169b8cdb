"""A package: values of fields from a year on, everywhere or in some prefectures, as a scenario and as a
file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from scenarios.blocks import BLOCKS, BUDGET, Block
from scenarios.dated import Change
from scenarios.files.blocks_given import WHERE, Home
from scenarios.files.changes import LeverFiles, lever_change
from scenarios.spec import Scenario
from scenarios.values.number import value_at

Values = Mapping[str, Mapping[str, float]]
"""By lever and field."""


class Package(NamedTuple):
    """Fields of levers that differ from the scenario a package builds on.

    values: by lever and field. begins: the year from which they hold. where: prefectures in which levers that
    can be given by place are given; nowhere named: everywhere.
    """

    values: Values
    begins: int
    where: tuple[str, ...] = ()

    def given(self, base: Scenario, levers: LeverFiles) -> dict[str, dict[str, Any]]:
        """As it stands under `lever:` in a file. Money in a block is what comes beside the programme's
        own."""
        return {
            name: self._in_block(name, fields, base)
            if self.where and levers[name].about.local
            else {key: {self.begins: value} for key, value in fields.items()}
            for name, fields in self.values.items()
        }

    def _in_block(self, lever: str, fields: Mapping[str, float], base: Scenario) -> dict[str, Any]:
        usual = base.levers[lever].get(BUDGET)
        beside = 0.0 if usual is None else value_at(usual, self.begins)
        values = {
            key: {self.begins: value - beside if key == BUDGET else value} for key, value in fields.items()
        }
        return {BLOCKS: [{WHERE: list(self.where), **values}]}

    def scenario(self, name: str, base: Scenario, levers: LeverFiles, home: Home) -> Scenario:
        """The base with the package.

        Raises:
            InputError: a value that no scenario may have.
        """
        changes: dict[tuple[str, str], Change | tuple[Block, ...]] = {
            (lever, key): lever_change(lever, key, value, levers, home=home)
            for lever, fields in self.given(base, levers).items()
            for key, value in fields.items()
        }
        changed = base.changed(changes)
        return replace(changed, name=name, base=base.name, label={}, description="")


def reform_text(
    package: Package, name: str, base: Scenario, levers: LeverFiles, about: Mapping[str, str]
) -> str:
    """The package as a scenario file of a user's own. about: label_en, label_zh, description, command."""
    content = {
        "name": name,
        "label": {"en": about["label_en"], "zh": about["label_zh"]},
        "description": about["description"],
        "base": base.name,
        "lever": plain(package.given(base, levers)),
    }
    head = f"# Written by: {about['command']}\n#   sanxiang sweep reform=FILE runs it again.\n"
    return head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def plain(given: Any) -> Any:
    """The same with whole numbers where nothing is lost, years as they are."""
    if isinstance(given, Mapping):
        return {key: plain(value) for key, value in given.items()}
    if isinstance(given, list):
        return [plain(value) for value in given]
    return int(given) if isinstance(given, float) and given == int(given) else given


def text_of(package: Package) -> str:
    """One text for one package."""
    return json.dumps([package.values, package.begins, package.where], sort_keys=True)
