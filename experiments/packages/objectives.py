"""What a search for the best packages is for: chances of targets, value added, public cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experiments.change.named import Named
from experiments.packages.measured import VALUE_ADDED
from scenarios.region.folder import DEFAULT_REGION
from scenarios.targets import ALL, load_targets
from scenarios.values.errors import InputError, unknown

COST, MET = "cost", "targets_met"
USUAL = (MET, VALUE_ADDED, COST)
NOT_MEANT = "cost alone is no aim: a package that sets nothing costs nothing"


class Objective(NamedTuple):
    """Something that is wanted, or public cost, of which less is. targets: whose chance it is, or number
    met."""

    name: str
    label: Named
    unit: Named
    targets: tuple[str, ...] = ()

    @property
    def less(self) -> bool:
        """Whether less of it is better."""
        return self.name == COST


def objectives(region: str = DEFAULT_REGION) -> dict[str, Objective]:
    """All that can be asked for, by name."""
    targets, share = load_targets(region=region), Named("%", "%")
    found = [
        Objective(MET, Named("targets met, of all", "实现目标数"), Named("targets", "项"), tuple(targets)),
        Objective(
            VALUE_ADDED,
            Named("emerging value added in 2025, added", "2025年战略性新兴产业增加值增量"),
            Named("亿元", "亿元"),
        ),
        Objective(
            COST, Named("public cost 2021–25, added", "2021–25年公共支出成本增量"), Named("亿元", "亿元")
        ),
        *(
            Objective(name, Named(f"P({one.about.label.en})", f"P（{one.about.label.zh}）"), share, (name,))
            for name, one in targets.items()
        ),
        Objective(ALL, Named("P(all together)", "P（全部同时实现）"), share, tuple(targets)),
    ]
    return {one.name: one for one in found}


def objectives_named(names: Sequence[str], region: str) -> list[Objective]:
    """Those that are named, the usual ones where none is; cost last.

    Raises:
        InputError: no such objective, or cost alone.
    """
    known = objectives(region)
    strangers = [unknown("objective", name, known) for name in names if name not in known]
    if strangers:
        raise InputError(*dict.fromkeys(strangers))
    chosen = dict.fromkeys(names or USUAL)
    if set(chosen) == {COST}:
        raise InputError(NOT_MEANT)
    return [known[name] for name in sorted(chosen, key=lambda name: name == COST)]
