"""Inventions on offer: what institutions disclose, how good it is, and how long somebody may still want it.

    inventions.disclose(universities, 1.0, share, 20, luck_of_institutions, luck_of_field, luck_of_quality)
    inventions.take_out(chosen, "licensed")

The inventors' share of licence income acts on how good an invention is, not on how many there are.
Source: Lach and Schankerman (2008), RAND Journal of Economics 39.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.distributions import poisson_quantile
from agents.elementary import exp_, log_
from agents.firms.lifecycle import spread_normal
from agents.universities import Universities, patent_mean

OWNER_BITS, ORDINAL_BITS, QUARTER_BITS = 12, 20, 16
FIRST_QUARTER = 64  # added to a quarter, so that an id has no negative part
MARK = 1 << (OWNER_BITS + ORDINAL_BITS + QUARTER_BITS)  # above every id of a firm or an institution
REFERENCE_RESEARCH = 1e9  # yuan a quarter at the prices of 2016Q1, at which disclosures_at_reference holds

type Luck = Callable[[np.ndarray], np.ndarray]  # one uniform in (0, 1) per id


class InventionParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/inventions.yaml."""

    disclosures_at_reference: float
    disclosure_elasticity: float
    quality_spread: float
    quality_incentive: float
    reference_inventor_share: float
    least_inventor_share: float
    shelf_life: float
    spin_off_rate: float
    spin_off_gain: float
    spin_off_largest_gain: float
    reputation_memory: float
    contracts_by_reputation: float


@rule
def effective_share(offered, least):
    """Share of licence income that goes to inventors: what the rule offers, at least what the law says."""
    return min(1.0, max(offered, least))


@rule
def incentive(share, p):
    """Log points of quality that the inventors' share brings, against the reference share."""
    return p.quality_incentive * log_(share / p.reference_inventor_share)


@rule
def invention_quality(luck, share, p):
    """Quality of an invention, of mean 1 at the reference share: log-normal, better for a larger share.

    Source: Lach and Schankerman (2008) for the response; Scherer and Harhoff (2000) for the skewness.
    """
    spread = p.quality_spread
    return exp_(spread_normal(incentive(share, p) - 0.5 * spread * spread, spread, luck))


@rule
def field_of(luck, fields, owner):
    """The field in which an institution invents: `luck` falls on its weights, which add up to one."""
    below = 0.0
    for k in range(fields.shape[1] - 1):
        below += fields[owner, k]
        if luck < below:
            return k
    return fields.shape[1] - 1


@rule
def spin_off_probability(quality, share, p):
    """Chance of a quarter that the inventors found a firm on an invention: better ones, larger share."""
    return min(0.5, p.spin_off_rate * quality * share)


@rule
def spin_off_lift(quality, p):
    """How much more productive than others a firm founded on an invention begins [log points]."""
    return min(p.spin_off_largest_gain, p.spin_off_gain * quality)


@rule
def contract_share(usual, reputation, p):
    """Part of firms' contract research that institutions get: more, the better their inventions are known."""
    return min(1.0, usual * exp_(p.contracts_by_reputation * reputation))


@stage
def count_disclosures(research, weights, scale, elasticity, luck, counts):
    """Draws how many inventions each institution discloses, given its research of the quarter [yuan]."""
    for u in range(len(research)):
        counts[u] = poisson_quantile(patent_mean(research[u], weights[u], scale, elasticity), luck[u])


@stage
def describe(owner, fields, share, p, luck_field, luck_quality, field, quality):
    """Field and quality of new inventions, one element each."""
    for j in range(len(owner)):
        field[j] = field_of(luck_field[j], fields, owner[j])
        quality[j] = invention_quality(luck_quality[j], share, p)


@stage
def choose_founders(quality, share, p, luck, founding, lift):
    """Marks with 1 the inventions on which a firm is founded this quarter, and what lift they give it."""
    for j in range(len(quality)):
        founding[j] = 1 if luck[j] < spin_off_probability(quality[j], share, p) else 0
        lift[j] = spin_off_lift(quality[j], p)


class DisclosureLuck(NamedTuple):
    """Luck by id: how many inventions an institution has, the field and the quality of each."""

    number: Luck
    field: Luck
    quality: Luck


class Inventions:
    """The inventory of all institutions, one element per invention that nobody has taken yet, oldest first.

    id: for luck. owner: institution. field: industry that could use it. quality: 1 is the usual mean.
    since: quarter of disclosure. moved: inventions of the quarter by what became of them, for the count.
    reputation: what firms think of their quality [log points against that at the reference share].
    new_quality: mean over the inventions disclosed last.
    """

    def __init__(self, parameters: InventionParameters) -> None:
        self.parameters = parameters
        self.id, self.owner, self.field, self.since = (np.zeros(0, dtype=np.int64) for _ in range(4))
        self.quality = np.zeros(0)
        self.new_quality, self.reputation = 1.0, 0.0
        self.open_quarter()

    def __len__(self) -> int:
        return len(self.id)

    def open_quarter(self) -> None:
        """Counts of the quarter begin anew."""
        self.opening = len(self)
        self.moved = {"disclosed": 0, "licensed": 0, "licensed_outside": 0, "spun_off": 0, "aged": 0}

    def disclose(
        self, universities: Universities, price: float, share: float, quarter: int, luck: DisclosureLuck
    ) -> None:
        """Takes in the inventions that follow from the quarter's research, and puts away the oldest.

        price: of research, 1 in 2016Q1. share: of licence income that goes to inventors.
        """
        p, counts = self.parameters, np.zeros(len(universities), dtype=np.int64)
        research = universities.research / price / universities.scale
        at_one_yuan = exp_(-p.disclosure_elasticity * log_(REFERENCE_RESEARCH))
        scale = p.disclosures_at_reference * at_one_yuan * universities.scale
        of_institutions = luck.number(np.arange(len(universities)))
        count_disclosures(
            research, universities.weights, scale, p.disclosure_elasticity, of_institutions, counts
        )
        owner = np.repeat(np.arange(len(counts)), counts)
        ids = invention_id(quarter, owner, place_in_block(counts))
        field, quality = np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids))
        describe(owner, universities.fields, share, p, luck.field(ids), luck.quality(ids), field, quality)
        self.take_out(self.since <= quarter - int(p.shelf_life), "aged")
        self._take_in(ids, owner, field, quality, quarter)
        self.reputation += p.reputation_memory * (incentive(share, p) - self.reputation)

    def _take_in(
        self, ids: np.ndarray, owner: np.ndarray, field: np.ndarray, quality: np.ndarray, quarter: int
    ) -> None:
        self.id = np.concatenate([self.id, ids])
        self.owner = np.concatenate([self.owner, owner])
        self.field = np.concatenate([self.field, field])
        self.quality = np.concatenate([self.quality, quality])
        self.since = np.concatenate([self.since, np.full(len(ids), quarter)])
        self.moved["disclosed"] += len(ids)
        if len(ids):
            self.new_quality = sum(quality.tolist()) / len(ids)

    def take_out(self, chosen: np.ndarray, why: str) -> None:
        """Takes chosen inventions [bool] off the shelf; `why` is a key of `moved`."""
        if not chosen.any():
            return
        self.moved[why] += int(chosen.sum())
        kept = np.flatnonzero(~chosen)
        self.id, self.owner = self.id.take(kept), self.owner.take(kept)
        self.field, self.since = self.field.take(kept), self.since.take(kept)
        self.quality = self.quality.take(kept)


def place_in_block(counts: np.ndarray) -> np.ndarray:
    """0, 1, ... within each block of so many elements."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def invention_id(quarter: int, owner: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """Ids for luck: quarter of disclosure, institution and ordinal, apart from the ids of anybody else."""
    first = MARK | ((quarter + FIRST_QUARTER) << (OWNER_BITS + ORDINAL_BITS))
    return first | (owner << ORDINAL_BITS) | ordinal
