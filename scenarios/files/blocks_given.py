"""Checks the blocks of a lever, wherever they are written: places, industries, values, contradictions."""

from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from scenarios.blocks import BUDGET, Block
from scenarios.dated import Change, Times
from scenarios.lever import LeverFile
from scenarios.region.folder import CONFIGS, DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.record import kind_of
from scenarios.values.tables import Vector

WHERE, INDUSTRIES = "where", "industries"
FORM = "[{where: [PREFECTURE], industries: [INDUSTRY], FIELD: VALUE}]"
ReadChange = Callable[[LeverFile, str, object, str], Change]


class Home(NamedTuple):
    """The region whose places and industries are meant, and the folder of configuration it is of."""

    region: str = DEFAULT_REGION
    folder: Path = CONFIGS


def blocks_given(
    lever: LeverFile, given: object, place: str, home: Home, read_change: ReadChange
) -> tuple[Block, ...]:
    """The blocks of a lever.

    Raises:
        InputError: one line per unknown place, industry or field, value that is none, and pair of blocks
            that give one field twice.
    """
    if not lever.about.local:
        raise InputError(f"{place}: {lever.name} is for the whole province: {lever.about.locally}")
    if not isinstance(given, list):
        raise InputError(f"{place} is {kind_of(given)}; expected {FORM}")
    mistakes = Mistakes()
    found = [
        mistakes.attempt(_block, lever, item, f"{place}[{n}]", home, read_change)
        for n, item in enumerate(given, start=1)
    ]
    mistakes.stop_if_any()
    blocks = tuple(block for block in found if block is not None)
    for (m, one), (n, other) in combinations(enumerate(blocks, start=1), 2):
        mistakes.attempt(_refuse_contradiction, one, other, f"{place}[{m}] and [{n}]")
    mistakes.stop_if_any()
    return blocks


def _block(lever: LeverFile, item: object, place: str, home: Home, read_change: ReadChange) -> Block:
    if not isinstance(item, dict):
        raise InputError(f"{place} is {kind_of(item)}; expected {FORM[1:-1]}")
    region, mistakes = load_region(home.region, home.folder), Mistakes()
    about = (
        (WHERE, "prefecture", region.prefectures.names),
        (INDUSTRIES, "industry", region.industries.names),
    )
    meant = [mistakes.attempt(_names, item, key, kind, known, place) for key, kind, known in about]
    if WHERE not in item and INDUSTRIES not in item:
        mistakes.note(f"{place} has neither where nor industries; without blocks a value is for all")
    fields = {key: value for key, value in item.items() if key not in (WHERE, INDUSTRIES)}
    if not fields:
        mistakes.note(f"{place} gives no value; expected some of {', '.join(lever.fields)}")
    changes = [
        (key, mistakes.attempt(_change, lever, key, fields[key], place, read_change)) for key in fields
    ]
    mistakes.stop_if_any()
    where, industries = (names or () for names in meant)
    shares = region.marginals
    return Block(
        where,
        industries,
        tuple((key, change) for key, change in sorted(changes) if change is not None),
        _share(where, region.prefectures.names, shares.prefecture_share)
        * _share(industries, region.industries.names, shares.industry_share),
    )


def _names(item: dict, key: str, kind: str, known: Sequence[str], place: str) -> tuple[str, ...]:
    """The places or industries that a block names, in the region's order; none: all."""
    if key not in item:
        return ()
    given = [item[key]] if isinstance(item[key], str) else item[key]
    if not isinstance(given, list) or not given:
        raise InputError(f"{place}.{key} is {kind_of(item[key])}; expected a list such as [{known[0]}]")
    lines = [f"{place}.{key}: {unknown(kind, str(name), known)}" for name in given if name not in known]
    lines += [f"{place}.{key} names {quoted(n)} twice" for n in dict.fromkeys(given) if given.count(n) > 1]
    if lines:
        raise InputError(*lines)
    return tuple(name for name in known if name in given)


def _change(lever: LeverFile, key: str, value: object, place: str, read_change: ReadChange) -> Change:
    if key not in lever.fields:
        raise InputError(f"{place}: {unknown('key', str(key), [*lever.fields, WHERE, INDUSTRIES])}")
    change = read_change(lever, key, value, f"{place}.{key}")
    less = [one.factor for _, one in change if isinstance(one, Times) and one.factor < 1.0]
    if key == BUDGET and less:
        raise InputError(
            f"{place}.{key} is x{less[0]:g}; it is money beside the programme's, expected x1 or more"
        )
    return change


def _share(names: Sequence[str], known: Sequence[str], shares: Vector) -> float:
    """The share of the province's technology firms at the start; all where none is named."""
    return (
        sum(float(share) for name, share in zip(known, shares.tolist(), strict=True) if name in names)
        if names
        else 1.0
    )


def _refuse_contradiction(one: Block, other: Block, place: str) -> None:
    places, industries = _both(one.where, other.where), _both(one.industries, other.industries)
    if places is None or industries is None:
        return
    theirs = dict(other.changes)
    for key, change in one.changes:
        if key in theirs:
            year = max(change[0][0], theirs[key][0][0])
            whom = " and ".join([*places[:1], *industries[:1]]) or "all"
            raise InputError(f"{place} both give {key} for {whom} from {year} on; give it once")


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> list[str] | None:
    """The names that both mean, none standing for all; None where they mean nobody together."""
    if not one or not other:
        return list(one or other)
    return [name for name in one if name in other] or None
