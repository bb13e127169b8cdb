"""Inventions on offer: what institutions disclose, how good it is, and how long somebody may still want it.

    inventions.disclose(universities, 1.0, share, 20, luck_of_institutions, luck_of_field, luck_of_quality)
    inventions.take_out(licensed=places)

The inventors' share of licence income acts on how good an invention is, not on how many there are.
Source: Lach and Schankerman (2008), RAND Journal of Economics 39.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.distributions import poisson_quantile, spread_normal
from agents.numbers.elementary import exp_, log_
from agents.science.universities import Universities, patent_mean

OWNER_BITS, ORDINAL_BITS = 12, 20
FIRST_QUARTER = 64  # added to a quarter, so that an id has no negative part
MARK = 1 << 62  # above every id of a firm or an institution
REFERENCE_RESEARCH = 1e9  # yuan a quarter at the prices of 2016Q1, at which disclosures_at_reference holds

type Luck = Callable[[np.ndarray], np.ndarray]  # one uniform in (0, 1) per id


@kept
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


def effective_share(offered: float, least: float) -> float:
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


@rule
def reputation_after(reputation, share, p):
    """What firms think of inventions, which follows their quality slowly [log points]."""
    return reputation + p.reputation_memory * (incentive(share, p) - reputation)


@rule
def invention_id(quarter, owner, ordinal):
    """Id for luck: quarter of disclosure, institution and ordinal, apart from the ids of anybody else."""
    first = MARK | ((quarter + FIRST_QUARTER) << (OWNER_BITS + ORDINAL_BITS))
    return first | (owner << ORDINAL_BITS) | ordinal


@stage
def count_disclosures(research, weights, price, size, p, luck, counts):
    """Draws how many inventions each institution discloses; returns how many all do.

    research: of the quarter [yuan], at the `price` of research. size: of the economy, 1 for the province.
    """
    disclosed = 0
    at_one_yuan = exp_(-p.disclosure_elasticity * log_(REFERENCE_RESEARCH))
    scale = p.disclosures_at_reference * at_one_yuan * size
    for u in range(len(research)):
        real = float(research[u]) / price / size
        counts[u] = poisson_quantile(patent_mean(real, weights[u], scale, p.disclosure_elasticity), luck[u])
        disclosed += counts[u]
    return disclosed


@stage
def number_disclosures(counts, quarter, ids, owner):
    """Writes id and institution of each new invention, institution by institution."""
    n = 0
    for u in range(len(counts)):
        for ordinal in range(counts[u]):
            ids[n], owner[n] = invention_id(quarter, u, ordinal), u
            n += 1


@stage
def describe(owner, fields, share, p, luck_field, luck_quality, field, quality):
    """Field and quality of new inventions, one element each."""
    for j in range(len(owner)):
        quality[j] = invention_quality(luck_quality[j], share, p)
    for j in range(len(owner)):
        field[j] = field_of(luck_field[j], fields, owner[j])


@stage
def choose_founders(quality, share, p, luck, places, lift):
    """Writes the places of the inventions on which a firm is founded this quarter, and the lift they give it.

    Returns how many; there must be room for one more.
    """
    chosen = 0
    for j in range(len(quality)):
        places[chosen] = j
        chosen += 1 if luck[j] < spin_off_probability(quality[j], share, p) else 0
    for n in range(chosen):
        lift[n] = spin_off_lift(quality[places[n]], p)
    return chosen


@rule
def close_gaps(column, places):
    """Moves the elements between the given places, which are in order, to the front."""
    left = places[0]
    for n in range(len(places)):
        stop = places[n + 1] if n + 1 < len(places) else len(column)
        for j in range(places[n] + 1, stop):
            column[left] = column[j]
            left += 1


@stage
def take_away(ids, owner, field, since, quality, places):
    """Closes the gaps that inventions in the given places leave in all columns."""
    close_gaps(ids, places)
    close_gaps(owner, places)
    close_gaps(field, places)
    close_gaps(since, places)
    close_gaps(quality, places)


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
        p, counts = self.parameters, np.empty(len(universities), dtype=np.int64)
        made = (universities.applied_research, universities.weights, price, universities.scale)
        n = count_disclosures(*made, p, luck.number(universities.members), counts)
        ids, owner, field = np.empty((3, n), dtype=np.int64)
        quality = np.empty(n)
        number_disclosures(counts, quarter, ids, owner)
        describe(owner, universities.fields, share, p, luck.field(ids), luck.quality(ids), field, quality)
        aged = int(self.since.searchsorted(quarter - int(p.shelf_life), side="right"))
        self.moved["aged"] += aged
        self._keep(slice(aged, None))
        self._take_in(ids, owner, field, quality, quarter)
        self.reputation = reputation_after(self.reputation, share, p)

    def _keep(self, kept: slice) -> None:
        self.id, self.owner, self.field = self.id[kept], self.owner[kept], self.field[kept]
        self.since, self.quality = self.since[kept], self.quality[kept]

    def take_in(
        self, ids: np.ndarray, owner: np.ndarray, field: np.ndarray, quality: np.ndarray, quarter: int
    ) -> None:
        """Takes in inventions that come of earlier research; they say nothing of how good today's is."""
        usual = self.new_quality
        self._take_in(ids, owner, field, quality, quarter)
        self.new_quality = usual

    def _take_in(
        self, ids: np.ndarray, owner: np.ndarray, field: np.ndarray, quality: np.ndarray, quarter: int
    ) -> None:
        if not len(ids):
            return
        self.id = np.concatenate([self.id, ids])
        self.owner = np.concatenate([self.owner, owner])
        self.field = np.concatenate([self.field, field])
        self.quality = np.concatenate([self.quality, quality])
        self.since = np.concatenate([self.since, np.full(len(ids), quarter)])
        self.moved["disclosed"] += len(ids)
        self.new_quality = sum(quality.tolist()) / len(ids)

    def take_out(self, **places: np.ndarray) -> None:
        """Takes inventions off the shelf, given their places by what becomes of them, a key of `moved`."""
        for why, which in places.items():
            self.moved[why] += len(which)
        if any(map(len, places.values())):
            gone = np.sort(np.concatenate(list(places.values())))
            take_away(self.id, self.owner, self.field, self.since, self.quality, gone)
            self._keep(slice(len(self) - len(gone)))
