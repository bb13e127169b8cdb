"""New-type research institutes: public money to begin with, then in step with what firms pay for research.

Their research, knowledge, patents and inventions are rows among all institutions (universities.py). Here
stands who founded them, what they are paid, whose research they do.
Source of the rule for core money: the Fraunhofer model, in which it follows contract income.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_, log_

ROOM = 256  # accounts that the books keep for institutes that may be founded


class InstituteParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/institutes.yaml."""

    core: float
    building: float
    building_years: float
    least_contract_share: float
    contracts_per_core: float
    growth_years: float
    client_part: float
    largest_client: float
    client_gain: float
    reach: float


class Years(NamedTuple):
    """Public money of a year for an institute in its first years and later [yuan at 2016Q1 prices]."""

    founding: float
    core: float


@rule
def core_within(core, contracts, least_share):
    """Public core money [yuan/year], so that contracts are at least `least_share` of both together."""
    return min(core, contracts * (1.0 - least_share) / least_share)


@rule
def contract_room(core, age, p):
    """Contracts that an institute of this age [years] has staff for [yuan/year]; grows evenly to the full."""
    return p.contracts_per_core * core * min(1.0, (age + 1.0) / p.growth_years)


@rule
def contract_with(outside, room, p):
    """What a client pays an institute [yuan/year], given what it pays others for research in all."""
    return min(p.client_part * outside, p.largest_client * room)


@rule
def gain_of_client(contract, outside, p):
    """Gain in log productivity a year of a client: in full where it gives the usual part of its contracts."""
    usual = p.client_part * outside
    return p.client_gain * min(1.0, contract / usual) if usual > 0.0 else 0.0


@rule
def client_key(luck, reach):
    """Clients are those with the highest keys: sampling without return, by how much within reach they are."""
    return log_(max(reach, 1e-12)) - log_(-log_(luck))


@stage
def weigh_clients(luck, reach, keys):
    """Writes the keys of firms."""
    for n in range(len(keys)):
        keys[n] = client_key(luck[n], reach[n])


@stage
def agree(outside, room, p, yearly, gains):
    """Writes contracts of firms in their order [yuan/year] and what they gain by them [log points a year].

    outside: what each pays others for research [yuan/year]. Returns how many firms are asked until the staff
    is busy.
    """
    agreed = 0
    for n in range(len(outside)):
        contract = int(contract_with(outside[n], room, p))
        agreed += contract
        if agreed > room:
            return n
        yearly[n] = contract
        gains[n] = gain_of_client(float(contract), outside[n], p)
    return len(outside)


def name_of(number: int) -> str:
    """The name of an institute by its number among those founded, from 0."""
    return f"new_institute_{number + 1}"


def cells_to_found(research: np.ndarray, there: np.ndarray, number: int) -> list[int]:
    """The cells in which industry leads new institutes, one after the other.

    Each goes where most research of firms [yuan/quarter] falls on one institute, the new one included: the
    rule of highest averages (d'Hondt). there: those founded before, by cell. No research, no institute.
    """
    cells, held = [], there.astype(np.float64)
    for _ in range(number):
        each = research / (1.0 + held)
        best = int(each.argmax())
        if each[best] <= 0.0:
            break
        cells.append(best)
        held[best] += 1.0
    return cells


class Clients(NamedTuple):
    """Firms with a contract, one element each.

    institute: its number. yearly: agreed [yuan]. gain: log points a year.
    """

    firm: np.ndarray
    institute: np.ndarray
    yearly: np.ndarray
    gain: np.ndarray


def no_clients() -> Clients:
    """Nobody has a contract."""
    return Clients(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


class NewInstitutes:
    """The institutes founded since the start, in their order.

    first: the row of the first among all institutions. id: for luck. cell: field and place.
    since: quarter of foundation. payer: the programme that pays it. due: public money of the year [yuan].
    contracts, contracts_year: of the quarter and of the year so far [yuan].
    before, founded, public: number at the end of the last quarter, new ones and money of programmes [yuan].
    research_of_cells: of the last quarter [yuan].
    """

    def __init__(
        self, parameters: InstituteParameters, first: int, distances: np.ndarray, cells: int
    ) -> None:
        self.parameters, self.first = parameters, first
        self.reach = np.array([[exp_(-float(d) / parameters.reach) for d in row] for row in distances])
        self.id, self.cell, self.since, self.due = (np.zeros(0, np.int64) for _ in range(4))
        self.contracts, self.contracts_year = (np.zeros(0, np.int64) for _ in range(2))
        self.payer: list[str] = []
        self.clients = no_clients()
        self.research_of_cells = np.zeros(cells, np.int64)
        self.open_quarter()

    def __len__(self) -> int:
        return len(self.id)

    def open_quarter(self) -> None:
        """Counts of the quarter begin anew."""
        self.before, self.founded, self.public = len(self), 0, 0
        self.contracts = np.zeros(len(self), np.int64)

    @property
    def there(self) -> np.ndarray:
        """How many there are in each cell."""
        return np.bincount(self.cell, minlength=len(self.research_of_cells))

    def ages(self, quarter: int) -> np.ndarray:
        """Whole years since each was founded."""
        found: np.ndarray = (quarter - self.since) // 4
        return found

    def join(self, ids: np.ndarray, cells: np.ndarray, quarter: int, payer: str) -> None:
        """Takes in institutes that have just been founded."""
        nothing = np.zeros(len(ids), np.int64)
        self.id, self.cell = np.concatenate([self.id, ids]), np.concatenate([self.cell, cells])
        self.since = np.concatenate([self.since, nothing + quarter])
        self.due, self.contracts = np.append(self.due, nothing), np.append(self.contracts, nothing)
        self.contracts_year = np.append(self.contracts_year, nothing)
        self.payer += [payer] * len(ids)
        self.founded += len(ids)

    def paid_by(self, programme: str) -> np.ndarray:
        """Numbers of the institutes that a programme pays."""
        return np.array([one == programme for one in self.payer], bool).nonzero()[0]

    def of_year(self, price: float) -> Years:
        """What public money pays of one institute in a year [yuan], at the price of research."""
        p = self.parameters
        return Years((p.core + p.building / p.building_years) * price, p.core * price)

    def settle_year(self, quarter: int, price: float) -> None:
        """January: what each is due this year, given last year's contracts, which begin anew."""
        years, least = self.of_year(price), self.parameters.least_contract_share
        self.due = np.full(len(self), int(years.founding))
        for n in (self.ages(quarter) >= self.parameters.building_years).nonzero()[0].tolist():
            self.due[n] = int(core_within(years.core, float(self.contracts_year[n]), least))
        self.contracts_year = np.zeros(len(self), np.int64)

    def rooms(self, quarter: int, price: float) -> list[float]:
        """Contracts that each has staff for [yuan/year]."""
        core, ages = self.of_year(price).core, self.ages(quarter).tolist()
        rooms = {age: contract_room(core, float(age), self.parameters) for age in set(ages)}
        return [rooms[age] for age in ages]

    def take_contracts(
        self, firms: np.ndarray, outside: np.ndarray, room: float, number: int
    ) -> tuple[np.ndarray, Clients]:
        """Places and contracts of an institute's clients: firms in their order until it has no more room.

        firms: ids. outside: what each pays others for research [yuan/year], of which there is some.
        """
        yearly, gains = np.zeros(len(outside), np.int64), np.zeros(len(outside))
        asked = agree(outside, room, self.parameters, yearly, gains)
        taken = (yearly[:asked] > 0).nonzero()[0]
        return taken, Clients(firms[taken], np.full(len(taken), number), yearly[taken], gains[taken])
