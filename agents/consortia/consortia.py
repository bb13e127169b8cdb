"""Research consortia: a lead, firms of its own and other industries, and a university do research together.

Members add research, a share of whose cost is paid, and each learns from what the others add. How much
depends on how far apart their fields are: those who know the same have nothing to tell each other, those who
know nothing of each other's field do not understand.
The form, weight d(1 - d), is an assumption; the sign is that of Branstetter and Sakakibara (2002), AER 92.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import log_

NOBODY = -1e300  # the key of a firm that may not join


class ConsortiumParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/consortia.yaml."""

    members: float
    years: float
    joint_share: float
    largest_budget: float
    partner_share: float
    within_industry: float
    between_industries: float
    sharing: float
    reach: float
    ability_weight: float


@rule
def joint_budget(research, price, p):
    """Joint research of a member [yuan/year], given its own [yuan/quarter]."""
    return min(p.joint_share * 4.0 * research, p.largest_budget * price)


@rule
def distance_of_fields(one, other, p):
    """Distance of what two firms know, 0 to 1, by their industries."""
    return p.within_industry if one == other else p.between_industries


@rule
def weight_of_sharing(distance, p):
    """How much others' joint research counts as one's own: most at a middle distance, nothing at the ends."""
    return p.sharing * 4.0 * distance * (1.0 - distance)


@rule
def joining_key(log_knowledge, luck, p):
    """Who has the highest key leads, or joins a lead near by: sampling without return, by knowledge."""
    return p.ability_weight * log_knowledge - log_(-log_(luck))


@stage
def weigh_members(log_knowledge, luck, p, keys):
    """Writes the keys of firms."""
    for n in range(len(keys)):
        keys[n] = joining_key(log_knowledge[n], luck[n], p)


@stage
def find_companions(joining, lead, reach, of_its_industry, found, keys):
    """The free firms with the highest keys, highest first, of equal ones the earlier; returns how many.

    joining: who may join, as sim/consortia/steps.py puts it together. lead: its place among them. reach: log
    of how far each prefecture is within the lead's. of_its_industry: of that industry, or of all others.
    found, keys: written, with room for as many as are wanted: places among those who may join, and keys.
    """
    number = 0
    for n in range(len(joining.rows)):
        alike = joining.industry[n] == joining.industry[lead]
        if n != lead and alike == of_its_industry and joining.free[joining.rows[n]]:
            key = joining.keys[n] + reach[joining.prefecture[n]]
            if number < len(found) or (number > 0 and key > keys[number - 1]):
                number = min(number + 1, len(found))
                place = number - 1
                while place > 0 and keys[place - 1] < key:
                    keys[place], found[place] = keys[place - 1], found[place - 1]
                    place -= 1
                keys[place], found[place] = key, n
    return number


def mean_distance(industries: list[int], university: np.ndarray | None, p: ConsortiumParameters) -> float:
    """Mean distance of fields over all pairs of members, of the university to each firm by its own fields."""
    pairs = [
        distance_of_fields(industries[a], industries[b], p)
        for a in range(len(industries))
        for b in range(a + 1, len(industries))
    ]
    if university is not None:
        length = sum((university * university).tolist()) ** 0.5
        pairs += [1.0 - float(university[k]) / length for k in industries]
    return sum(pairs) / len(pairs) if pairs else 0.0


TABLE = {
    "number": np.int64,  # of the consortium, never used again
    "partner": np.int64,  # university, -1 if none
    "since": np.int64,  # quarter
    "distance": np.float64,  # of fields
    "payer": np.int64,  # place in `payers`
    "due": np.int64,  # what the state pays in the year [yuan]
}


class Members(NamedTuple):
    """Firms in consortia, one element each, in at most one at a time.

    firm: id. number: of the consortium. yearly: joint research [yuan].
    """

    firm: np.ndarray
    number: np.ndarray
    yearly: np.ndarray


class Consortia:
    """Running consortia, one element each, and their members.

    log_reach: log of how far members of each prefecture are within reach of a lead in another.
    payers: names of programmes that have formed some. last: the last number given.
    before, formed, ended: number at the end of the last quarter, formed and ended in this one.
    paid, joint: grants and joint research of the quarter [yuan].
    """

    number: np.ndarray
    partner: np.ndarray
    since: np.ndarray
    distance: np.ndarray
    payer: np.ndarray
    due: np.ndarray

    def __init__(self, parameters: ConsortiumParameters, distances: np.ndarray) -> None:
        self.parameters = parameters
        self.log_reach = -np.asarray(distances, np.float64) / parameters.reach
        self.members = Members(*np.zeros((3, 0), np.int64))
        self.payers: list[str] = []
        self.last = 0
        for name, kind in TABLE.items():
            setattr(self, name, np.zeros(0, kind))
        self.open_quarter()

    def __len__(self) -> int:
        return len(self.number)

    def open_quarter(self) -> None:
        """Counts of the quarter begin anew."""
        self.before, self.formed, self.ended, self.paid, self.joint = len(self), 0, 0, 0, 0

    def number_of(self, programme: str) -> int:
        """The place of a programme among the payers, where it is put if it is new."""
        if programme not in self.payers:
            self.payers.append(programme)
        return self.payers.index(programme)

    def begin(self, firms: np.ndarray, yearly: np.ndarray, **of_consortium: float) -> None:
        """Forms a consortium of these firms, given what it has in the table but its number."""
        self.last += 1
        for name, value in {"number": self.last, **of_consortium}.items():
            setattr(self, name, np.append(getattr(self, name), np.asarray(value, TABLE[name])))
        new = Members(firms, np.full(len(firms), self.last), yearly)
        self.members = Members(*(np.concatenate(both) for both in zip(self.members, new, strict=True)))
        self.formed += 1

    def place_of_members(self) -> np.ndarray:
        """The place in the table of each member's consortium; numbers rise in it."""
        found: np.ndarray = np.searchsorted(self.number, self.members.number)
        return found

    def keep_members(self, kept: np.ndarray) -> None:
        """Forgets members; a consortium with fewer than two ends, and its last member leaves."""
        self.members = Members(*(column[kept] for column in self.members))
        sizes = np.bincount(self.place_of_members(), minlength=len(self))
        self._keep(sizes >= 2)

    def end_old(self, quarter: int) -> None:
        """Ends those whose years are over."""
        self._keep(quarter - self.since < round(4.0 * self.parameters.years))

    def _keep(self, going_on: np.ndarray) -> None:
        stays = going_on[self.place_of_members()]
        self.members = Members(*(column[stays] for column in self.members))
        self.ended += int((~going_on).sum())
        for name in TABLE:
            setattr(self, name, getattr(self, name)[going_on])

    def shared(self, joint: np.ndarray) -> np.ndarray:
        """What each member learns of others' joint research of the quarter [yuan], counted as its own."""
        place = self.place_of_members()
        together = np.zeros(len(self))
        np.add.at(together, place, joint)
        weights = np.array([weight_of_sharing(d, self.parameters) for d in self.distance.tolist()])
        learnt: np.ndarray = weights[place] * (together[place] - joint)
        return learnt
