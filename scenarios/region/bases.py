"""The bases of 2020 that targets are scaled to: published ones, and unknown ones drawn per run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from agents.numbers.elementary import exp_, normal_quantile
from scenarios.values.errors import InputError, Mistakes
from scenarios.values.number import Number, read_number
from scenarios.values.tables import Vector, frozen, read_constant, read_table
from scenarios.values.yaml_reader import read_yaml

COUNTS = ("carriers",)  # unknown bases whose draw is a whole number
DIGITS = 6  # kept of a published value in plain units, so that 4,190.73 亿 is a whole number of yuan
UNIT_FACTORS = {"100 million yuan": 1e8, "10,000 persons": 1e4, "%": 0.01}


@dataclass(frozen=True)
class Base:
    """One base: a published value, or the range an unknown one is drawn from."""

    name: str
    number: Number
    known: bool

    def value(self, uniform: float = 0.5) -> float:
        """The base in plain units: yuan, persons, shares, counts.

        A published base is the same in every run. An unknown one lies evenly over its range, where
        `uniform` in (0, 1) says; a count is rounded to a whole number.
        """
        if self.known:
            return self.central
        low, high = self.number.range
        drawn = (low + (high - low) * uniform) * self.factor
        return float(round(drawn)) if self.name.startswith(COUNTS) else drawn

    @property
    def central(self) -> float:
        """The published value, or the central one of an unknown base [plain units]."""
        return round(self.number.dated[0][1] * self.factor, DIGITS)

    @property
    def factor(self) -> float:
        """Plain units per published unit."""
        return next((f for unit, f in UNIT_FACTORS.items() if self.number.unit.startswith(unit)), 1.0)


def draw_bases(bases: Mapping[str, Base], uniforms: Mapping[str, float]) -> dict[str, float]:
    """The bases of one run in plain units; `uniforms` holds one in (0, 1) for each unknown base.

    What follows from them is added: high-value patents in force at the end of 2020, and per 10,000 persons.

    Raises:
        KeyError: an unknown base has no uniform.
    """
    drawn = {name: base.value() if base.known else base.value(uniforms[name]) for name, base in bases.items()}
    patents = drawn["invention_patents_2020"] * drawn["high_value_share_2020"]
    per_10k = patents / drawn["population_2020"] * 1e4
    return drawn | {"high_value_patents_2020": patents, "high_value_per_10k_2020": per_10k}


def names_of_drawn(bases: Mapping[str, Base]) -> tuple[str, ...]:
    """The names of what draw_bases gives."""
    return tuple(draw_bases(bases, dict.fromkeys(bases, 0.5)))


@dataclass(frozen=True)
class IndustrySplit:
    """How emerging value added of 2020 splits over the industries, which nobody has published."""

    shares: Vector  # central shares, adding to one
    sd: float  # of the log of each share between runs

    def draw(self, uniforms: Sequence[float]) -> Vector:
        """The shares of one run, adding to one, from one uniform in (0, 1) per industry."""
        pairs = zip(self.shares.tolist(), uniforms, strict=True)
        moved = [share * exp_(self.sd * normal_quantile(u)) for share, u in pairs]
        return np.array(moved) / sum(moved)


def read_industry_split(path: Path, industries: Sequence[str]) -> IndustrySplit:
    """The split of a region's file.

    Raises:
        InputError: an industry is missing, or the shares do not add to one.
    """
    content = read_yaml(path)
    shares = read_table(content, "industry_split", industries, str(path)).array(industries)
    if abs(sum(shares.tolist()) - 1.0) > 1e-6:
        raise InputError(f"{path}: industry_split adds to {sum(shares.tolist()):.6f}, not to 1")
    return IndustrySplit(frozen(shares), read_constant(content, "industry_split_sd", str(path)))


def read_bases(path: Path) -> dict[str, Base]:
    """The bases of a region's file, the published before the unknown.

    Raises:
        InputError: one line per mistake.
    """
    content, mistakes = read_yaml(path), Mistakes()
    bases: dict[str, Base] = {}
    for section in ("published", "unknown"):
        for name, table in content.get(section, {}).items():
            if name in bases:
                raise InputError(f"{path}: {name} is both published and unknown")
            number = mistakes.attempt(partial(read_number, table, f"{path}: {name}"))
            if number is not None:
                bases[name] = Base(name, number, known=section == "published")
    mistakes.stop_if_any()
    return bases
