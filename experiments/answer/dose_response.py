"""The response to one field of a lever over its whole range, in pairs of equal luck.

    from experiments.answer.dose_response import responses
    for found in responses(["high_tech_award"], replications=20):
        print("\\n".join(remarks(found)))

Every dose holds from 2021 on and is compared with what is in force, read in 2025 (money: 2021–25). The first
doses are even, beside the one in force; more follow where the response bends most.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from experiments.answer.dose_runs import MONEY, Pasts
from experiments.answer.probability import known_interval, mean_interval
from experiments.language.words import translated, word
from scenarios.load import load_levers
from scenarios.spec import BASELINE, POLICY_YEAR, Scenario
from scenarios.values.errors import InputError, unknown
from scenarios.values.tables import YI
from sim.model import choose

FIRST, ROUND, MOST = 7, 3, 20  # doses at once, more a round, at most
FEWEST = 3
KINK = 0.15  # of the whole effect, within less than half as much of the range
ABSORBED = 0.98  # of what is appropriated


@dataclass(frozen=True)
class Response:
    """What each dose does against the value in force.

    unit: of the dose. scale: of the economy that was run. values: {measure: [dose, replication]}, money at
    the size of the province, targets as the table shows them. in_force: the same of the value in force
    [replication]. appropriated: by dose in 2021–25 [yuan].
    """

    key: str
    unit: str
    scale: float
    dose_in_force: float
    doses: np.ndarray
    values: Mapping[str, np.ndarray]
    in_force: Mapping[str, np.ndarray]
    appropriated: np.ndarray

    @property
    def pairs(self) -> int:
        """Pairs of equal luck."""
        return len(next(iter(self.in_force.values())))

    def effect(self, measure: str) -> np.ndarray:
        """Paired differences to the value in force [dose, replication]."""
        return np.asarray(self.values[measure] - self.in_force[measure])

    def rows(self) -> list[dict[str, Any]]:
        """{dose, measure, mean, low, high} of every paired difference, with its 95 % interval."""
        return [
            {"dose": float(dose), "measure": measure, **mean_and_interval(self.effect(measure)[place])}
            for place, dose in enumerate(self.doses)
            for measure in self.values
        ]


def mean_and_interval(pairs: np.ndarray) -> dict[str, float | None]:
    """Mean and 95 % interval over pairs; no interval from one."""
    low, high = known_interval(pairs)
    return {"mean": float(pairs.mean()), "low": low, "high": high}


def fields_named(names: Sequence[str]) -> list[str]:
    """Every LEVER.FIELD that some names of levers or fields stand for; all where none is named.

    Raises: InputError for an unknown lever or field, with the nearest name.
    """
    levers = load_levers()
    known = {f"{name}.{field}" for name, lever in levers.items() for field in lever.fields}
    found: list[str] = []
    for name in names or levers:
        lever, _, field = name.partition(".")
        if lever not in levers:
            raise InputError(unknown("lever", lever, levers))
        if field and name not in known:
            raise InputError(f"lever {lever}: {unknown('field', field, levers[lever].fields)}")
        found += [name] if field else [f"{lever}.{one}" for one in levers[lever].fields]
    return list(dict.fromkeys(found))


def responses(
    names: Sequence[str], replications: int = 20, scale: float = 0.1, doses: int = 13
) -> Iterator[Response]:
    """The response to every field that the names of levers and fields stand for, one after the other.

    The years to 2020 and what is in force are run once for all of them.

    Raises: InputError at once for an unknown name, fewer than two pairs, or doses outside 3 to 20.
    """
    keys = fields_named(names)
    if replications < 2 or not FEWEST <= doses <= MOST:
        raise InputError(f"response needs --replications of at least 2 and --doses from {FEWEST} to {MOST}")
    return _each(keys, replications, scale, doses)


def _each(keys: Sequence[str], replications: int, scale: float, doses: int) -> Iterator[Response]:
    pasts, usual = Pasts.of(replications, scale), choose(BASELINE).scenario
    in_force = {name: values[0] for name, values in pasts.measured([usual]).items()}
    for key in keys:
        yield _response(key, doses, pasts, usual, in_force)


def _response(
    key: str, doses: int, pasts: Pasts, usual: Scenario, in_force: Mapping[str, np.ndarray]
) -> Response:
    """The response to LEVER.FIELD; in_force: every measure of the usual scenario [replication]."""
    first = first_doses(key, usual, doses)
    values = pasts.measured(with_doses(usual, key, first))
    found = response_of(key, usual, pasts.scale, first, values, in_force)
    while len(more := further_doses(found, doses)):
        dosed = with_doses(usual, key, more)
        found = extended(found, more, pasts.measured(dosed), appropriated(dosed))
    return found


def first_doses(key: str, usual: Scenario, doses: int) -> np.ndarray:
    """The doses that are run at once: even ones, and the one in force. doses: how many there may be."""
    lever, field = key.split(".")
    about, value = load_levers()[lever], usual.lever_values(lever, POLICY_YEAR)[field]
    even = np.linspace(*about.fields[field].range, min(FIRST, doses) - 1)
    return possible(np.append(even, value), field in about.whole)


def further_doses(found: Response, doses: int) -> np.ndarray:
    """The doses of the next round, where it bends most; none where it has as many as it may, or can."""
    if len(found.doses) >= doses:
        return np.array([])
    lever, field = found.key.split(".")
    more = between(found, min(ROUND, doses - len(found.doses)))
    return np.setdiff1d(possible(more, field in load_levers()[lever].whole), found.doses)


def response_of(
    key: str,
    usual: Scenario,
    scale: float,
    doses: np.ndarray,
    values: Mapping[str, np.ndarray],
    in_force: Mapping[str, np.ndarray],
) -> Response:
    """The response to LEVER.FIELD in some doses, of what was measured; see Response."""
    lever, field = key.split(".")
    return Response(
        key=key,
        unit=load_levers()[lever].fields[field].unit,
        scale=scale,
        dose_in_force=usual.lever_values(lever, POLICY_YEAR)[field],
        doses=doses,
        values=values,
        in_force=in_force,
        appropriated=appropriated(with_doses(usual, key, doses)),
    )


def possible(doses: np.ndarray, whole: bool) -> np.ndarray:
    """The doses that the field takes: whole numbers where it takes no others, each once."""
    return np.unique(np.round(doses) if whole else doses)


def with_doses(scenario: Scenario, key: str, doses: np.ndarray) -> list[Scenario]:
    """The scenario with each of some values of LEVER.FIELD from 2021 on."""
    lever, field = key.split(".")
    return [scenario.changed({(lever, field): ((POLICY_YEAR, dose),)}) for dose in doses.tolist()]


def appropriated(dosed: Sequence[Scenario]) -> np.ndarray:
    """What each scenario may spend in 2021–25 [yuan]."""
    return np.array([one.public_cost() for one in dosed])


def between(found: Response, count: int) -> np.ndarray:
    """New doses in the middle of the intervals beside which some response bends most."""
    gaps = np.diff(found.doses)
    bends = np.zeros(len(gaps))
    for measure in found.values:
        mean = found.effect(measure).mean(axis=1)
        whole = np.ptp(mean)
        if whole > 0.0:
            turns = np.abs(np.diff(np.diff(mean) / gaps)) / whole * np.ptp(found.doses)
            beside = np.maximum(np.append(turns, 0.0), np.append(0.0, turns))
            bends = np.maximum(bends, beside * (gaps / gaps.max()) ** 2)
    chosen = np.sort(np.argsort(-bends, kind="stable")[:count])
    return np.asarray(found.doses[chosen] + 0.5 * gaps[chosen])


def extended(
    found: Response, doses: np.ndarray, values: Mapping[str, np.ndarray], appropriated: np.ndarray
) -> Response:
    """The response with some doses more of the same pairs, in the order of the doses."""
    every = np.concatenate([found.doses, doses])
    order = np.argsort(every, kind="stable")
    return replace(
        found,
        doses=every[order],
        values={name: np.concatenate([old, values[name]])[order] for name, old in found.values.items()},
        appropriated=np.concatenate([found.appropriated, appropriated])[order],
    )


def remarks(found: Response, names: Mapping[str, str] | None = None) -> list[str]:
    """Kinks, plateaus and the dose at which money is no longer absorbed, a line each; none where none is.

    names: how measures are called, where a reader knows them by other names.
    """
    return [*unabsorbed(found), *plateau(found), *kinks(found, names or {})]


def unabsorbed(found: Response) -> list[str]:
    """From which budget on what is added is no longer spent."""
    added = np.diff(found.appropriated) / YI
    spent = np.diff(found.values[MONEY].mean(axis=1))
    left = [place for place in np.flatnonzero(added > 0.0) if spent[place] < ABSORBED * added[place]]
    if not left:
        return []
    first = int(left[0])
    below, above = found.doses[first : first + 2]
    money = {"added": f"{added[first]:,.1f}", "spent": f"{max(spent[first], 0.0):,.1f}"}
    ends = {"below": f"{below:,.10g}", "above": f"{above:,.10g}"}
    return [word("doses.unabsorbed", lever=found.key, unit=unit_of(found), **ends, **money)]


def plateau(found: Response) -> list[str]:
    """From which dose on no further one changes anything that can be told from nothing."""
    last = len(found.doses) - 1
    first = last
    outcomes = [values for name, values in found.values.items() if name != MONEY]
    while first > 0 and all(alike(values, first - 1, last) for values in outcomes):
        first -= 1
    if first == last:
        return []
    spends = found.values[MONEY].mean(axis=1)
    still = abs(spends[last] - spends[first]) <= 0.01 * max(abs(spends[first]), 1e-9)
    why, dose = word("doses.no_more_spent" if still else "doses.more_spent"), f"{found.doses[first]:,.10g}"
    return [word("doses.plateau", lever=found.key, dose=dose, unit=unit_of(found), why=why)]


def unit_of(found: Response) -> str:
    """The unit of the doses in the language that is spoken."""
    return translated("units", found.unit)


def alike(values: np.ndarray, one: int, other: int) -> bool:
    """Whether two doses differ by nothing, or by less than their pairs can tell."""
    gap = values[one] - values[other]
    low, high = mean_interval(gap)
    return bool(not gap.any() or low <= 0.0 <= high)


def kinks(found: Response, names: Mapping[str, str]) -> list[str]:
    """Steps of one interval that hold more of the whole effect than twice its part of the range."""
    lines = []
    parts = np.diff(found.doses) / np.ptp(found.doses)
    for measure in found.values:
        mean = found.effect(measure).mean(axis=1)
        whole = np.ptp(mean)
        if whole <= 0.0 or alike(found.values[measure], int(mean.argmin()), int(mean.argmax())):
            continue
        steps = np.abs(np.diff(mean)) / whole
        place = int((steps - 2.0 * parts).argmax())
        if steps[place] > max(KINK, 2.0 * parts[place]):
            name = names.get(measure, measure)
            low, high = (f"{one:,.10g}" for one in found.doses[place : place + 2])
            told = {"share": f"{steps[place]:.0%}", "measure": name, "low": low, "high": high}
            lines.append(word("doses.kink", lever=found.key, unit=unit_of(found), **told))
    return lines
