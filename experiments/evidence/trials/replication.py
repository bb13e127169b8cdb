"""One luck and one set of parameters, from which experiments branch: the past once, and what follows from it.

one = Replication(central_values(load_parameters()), number=3, scale=0.1)
more = one.course({("high_tech_award", "award"): 600_000})
log_percent(more.last("hnte"), one.usual.last("hnte"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from agents.economy import Economy
from agents.money.flows import Flow
from scenarios.lever import Lever, levers_in
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import BASELINE, FIRST_YEAR, LAST_YEAR, POLICY_YEAR, Parameters, RunSpec
from sim.model import IndustrialPolicyModel, choose
from sim.quarter import quarter
from sim.run import past_of

Field = tuple[str, str]  # lever and field
Changes = Mapping[Field, float]
Shock = Callable[[Economy], None]


class Replication:
    """The baseline of one luck and one set of parameters; every experiment of a unit of work shares it."""

    def __init__(
        self, parameters: Parameters, number: int, scale: float, region: str = DEFAULT_REGION
    ) -> None:
        chosen = choose(BASELINE, region=region, scale=scale, replication=number)
        self.spec: RunSpec = replace(chosen, parameters=parameters)
        self.number = number

    @cached_property
    def past(self) -> IndustrialPolicyModel:
        """The model at the beginning of 2021; branch it, and leave it as it is."""
        return past_of(self.spec)

    @cached_property
    def usual(self) -> Course:
        """The baseline."""
        return self.course()

    def branch(self, changes: Changes | None = None, shocks: Iterable[Shock] = ()) -> IndustrialPolicyModel:
        """The model at the beginning of 2021 with other values of levers from now on, shocked once."""
        dated = {field: ((POLICY_YEAR, value),) for field, value in (changes or {}).items()}
        spec = replace(self.spec, scenario=self.spec.scenario.changed(dated))
        model = self.past.branch(spec)
        for shock in shocks:
            shock(model.economy)
        return model

    def course(self, changes: Changes | None = None, shocks: Iterable[Shock] = ()) -> Course:
        """The years from 2021 on under other values of levers, or after a shock."""
        return course_of(self.branch(changes, shocks))

    def in_force(self, lever: str) -> dict[str, float]:
        """The values of a lever's fields in the baseline from 2021 on."""
        return self.spec.scenario.lever_values(lever, POLICY_YEAR)


def lived(model: IndustrialPolicyModel, quarters: int) -> IndustrialPolicyModel:
    """The model some quarters later."""
    for _ in range(quarters):
        model.step()
    return model


@dataclass(frozen=True)
class Course:
    """The years 2021 to 2025 of a branch: its series, and the economy at their end.

    purchases: of goods for production in the last year [yuan]. stocks: change of goods in stock in it [yuan].
    """

    series: np.ndarray
    column: Mapping[str, int]
    economy: Economy
    purchases: int
    stocks: int

    def total(self, name: str, first: int = POLICY_YEAR, last: int = LAST_YEAR) -> float:
        """The sum of a flow over some years."""
        return float(self._of(name, first, last).sum())

    def mean(self, name: str, first: int = POLICY_YEAR, last: int = LAST_YEAR) -> float:
        """The mean of a rate or a stock over the quarters of some years."""
        return float(self._of(name, first, last).mean())

    def last(self, name: str, year: int = LAST_YEAR) -> float:
        """A stock at the end of a year."""
        return float(self._of(name, year, year)[-1])

    def _of(self, name: str, first: int, last: int) -> np.ndarray:
        whole = self.series[:, self.column[name]]
        return np.asarray(whole[4 * (first - FIRST_YEAR) : 4 * (last + 1 - FIRST_YEAR)])

    def firms(self, name: str) -> np.ndarray:
        """A column of the firms that are there at the end."""
        return np.asarray(getattr(self.economy.firms, name)[self.economy.firms.rows()])

    @property
    def filed(self) -> float:
        """Applications for inventions of the last two years, which are not decided yet."""
        return float(self.economy.firms.pending_patents[:, self.economy.firms.rows()].sum())

    @property
    def spent(self) -> float:
        """Money that programmes spent in 2021 to 2025 [yuan]."""
        names = [name for name in self.column if name.startswith("programme_")]
        return sum(self.total(name) for name in names)


def course_of(model: IndustrialPolicyModel) -> Course:
    """What becomes of a branch to the end of its years."""
    economy, bought, before = model.economy, 0, 0
    while economy.quarter < model.quarters:
        if economy.quarter == model.quarters - 4:
            before = in_stock(economy)
        model.step()
        if economy.quarter > model.quarters - 4:
            bought += economy.firm_flows[Flow.PURCHASES]
    stocks = in_stock(economy) - before
    return Course(model.series, model.recorded.column, economy, bought, stocks)


def in_stock(economy: Economy) -> int:
    """Goods that firms have in stock [yuan at cost]."""
    return int(economy.firms.inventory_value[economy.firms.rows()].sum())


# --- firms that are followed -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Cohort:
    """What became of some firms: sums of flows while they lived [column: firm], what they held at the end.

    alive: whether each is there at the end; held is nan where it is not.
    """

    flows: Mapping[str, np.ndarray]
    held: Mapping[str, np.ndarray]
    alive: np.ndarray


class Given(Lever):
    """Money from the centre to some firms, once, so that no budget of the province is touched.

    It is booked beside the centre's grants for research, which all belong to national projects.
    """

    def __init__(self, ids: np.ndarray, yuan: np.ndarray, then: Callable[[Economy], None] | None) -> None:
        self.ids, self.yuan, self.then = ids, yuan, then

    def offer(self, economy: Economy) -> None:
        """Pays each firm; `then` says what its owners do with it."""
        firms, ledger = economy.firms, economy.ledger
        firms.deposits[firms.rows_of(self.ids)] += self.yuan
        ledger.post(
            ledger.accounts.central, ledger.accounts.firms, int(self.yuan.sum()), Flow.GRANT_INVESTMENT
        )
        if self.then is not None:
            self.then(economy)


def followed(
    model: IndustrialPolicyModel,
    ids: np.ndarray,
    quarters: int,
    flows: Sequence[str] = (),
    held: Sequence[str] = (),
    first: Sequence[Lever] = (),
) -> Cohort:
    """Follows firms for some quarters; `first`: levers that act in the first of them only."""
    economy = model.economy
    sums = {name: np.zeros(len(ids)) for name in flows}
    for n in range(quarters):
        levers = [*levers_in(model.spec.scenario, economy.year), *(first if n == 0 else ())]
        quarter(economy, model.moment(levers))
        economy.quarter += 1
        there = living(economy, ids)
        rows = economy.firms.rows_of(ids[there])
        for name, total in sums.items():
            total[there] += getattr(economy.firms, name)[rows]
    alive = living(economy, ids)
    rows = economy.firms.rows_of(ids[alive])
    ends = {name: np.full(len(ids), np.nan) for name in held}
    for name, values in ends.items():
        values[alive] = getattr(economy.firms, name)[rows]
    return Cohort(sums, ends, alive)


def living(economy: Economy, ids: np.ndarray) -> np.ndarray:
    """Whether each firm is there."""
    return np.array([economy.firms.row_or_none(member) is not None for member in ids.tolist()], bool)


def random_part(ids: np.ndarray, share: float, number: int) -> np.ndarray:
    """A share of the firms drawn at random, in the order of their ids; the same in every arm."""
    chance = np.random.default_rng(number)
    return np.sort(chance.permutation(ids)[: round(share * len(ids))])


def those_with_research(economy: Economy) -> np.ndarray:
    """Ids of the firms that do research."""
    rows = economy.firms.rows()
    return np.asarray(economy.firms.id[rows[economy.firms.research[rows] > 0.0]])


# --- how effects are expressed ---------------------------------------------------------------------------


def log_percent(after: float, before: float) -> float:
    """A relative change [log points x 100]; nan unless both are positive."""
    return float(100.0 * np.log(after / before)) if after > 0.0 and before > 0.0 else float("nan")


def ratio(gain: float, cost: float) -> float:
    """A gain per unit of cost; nan where nothing was spent."""
    return float(gain / cost) if cost else float("nan")


def mean_gap(after: np.ndarray, before: np.ndarray) -> float:
    """Mean difference over the firms that are there in both arms; nan where none is."""
    gap = after - before
    known = gap[np.isfinite(gap)]
    return float(known.mean()) if len(known) else float("nan")
