"""The largest firms of end-2015 as published, without names: configs/region/NAME/largest_firms.yaml.

A region need not have the file. What becomes of such a firm in a run is not the fate of a company, so that
none is named here; the title of a source may name it, in the file alone.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from scenarios.region.entries import one_of
from scenarios.values.errors import InputError, Mistakes
from scenarios.values.number import Status, checked_value
from scenarios.values.record import Record, Words, read_record
from scenarios.values.tables import YI, Vector
from scenarios.values.yaml_reader import read_yaml

FILE, KEY = "largest_firms.yaml", "largest_firms"
YEARS = (2010, 2020)  # from which a size may be taken for 2015: no year of the plan


class LargestFirm(NamedTuple):
    """A place, an industry (both in the region's order) and annual sales [whole yuan]."""

    prefecture: int
    industry: int
    sales: int


class Room(NamedTuple):
    """What the largest firms must fit into: firms of the open size class by industry, its bounds [yuan]."""

    firms: Vector
    smallest: float
    largest: float


class Row(Record):
    """A firm as it stands in the file."""

    prefecture: Words
    industry: Words
    sales: float  # 100 million yuan a year, all plants
    year: int  # of the sales
    share_here: float  # part of the sales that firms of this place and industry make
    source: Words
    status: Annotated[Status, Field(strict=False)]


def read_largest_firms(
    path: Path, prefectures: Sequence[str], industries: Sequence[str], room: Room
) -> tuple[LargestFirm, ...]:
    """The largest firms, by falling sales; none where a region has no such file.

    Raises:
        InputError: one line per mistake.
    """
    if not path.is_file():
        return ()
    content = read_yaml(path)
    if set(content) != {KEY} or not isinstance(content[KEY], list):
        raise InputError(f"{path}: expected a list under the key {KEY!r} alone")
    mistakes = Mistakes()
    read = [
        mistakes.attempt(partial(_firm, row, f"{path}: firm {n}", (prefectures, industries), room))
        for n, row in enumerate(content[KEY], 1)
    ]
    mistakes.stop_if_any()
    firms = sorted((firm for firm in read if firm), key=lambda firm: -firm.sales)
    for k, name in enumerate(industries):
        listed, most = sum(firm.industry == k for firm in firms), int(room.firms[k])
        if listed > most:
            raise InputError(f"{path}: {listed} firms of {name}, which has {most} of the largest size class")
    return tuple(firms)


def _firm(table: object, where: str, names: tuple[Sequence[str], Sequence[str]], room: Room) -> LargestFirm:
    row = read_record(Row, table, where)
    prefecture = one_of(row.prefecture, "prefecture", names[0], where)
    industry = one_of(row.industry, "industry", names[1], where)
    checked_value(row.year, f"{where}: year", YEARS, "year")
    checked_value(row.share_here, f"{where}: share_here", (0.0, 1.0), "share of its sales")
    sales = round(row.sales * row.share_here * YI)
    if not room.smallest <= sales <= room.largest:
        raise InputError(
            f"{where} sells {sales / YI:g} x 100 million yuan here (sales times share_here); a firm of the "
            f"largest size class sells {room.smallest / YI:g} to {room.largest / YI:g}"
        )
    return LargestFirm(prefecture, industry, sales)
