"""The parks of the province: land and plant by prefecture, organised clusters and density by cell."""

import numpy as np

from agents.numbers.elementary import exp_
from agents.numbers.shares import Shares
from agents.parks.density import count_density, gain_by_cell, growth_of_density, premium_by_cell
from agents.parks.land import (
    LAGS,
    Land,
    ParkParameters,
    begin_works,
    look_for_land,
    no_land,
    open_land,
    settle_land,
    share_with_room,
    use_land,
)
from agents.parks.placement import coordinate, find_imitation, log_pull, tilt_of, weigh_entry


class Parks:
    """Parks of all prefectures.

    land: by prefecture [m2]. weights: usual share of entrants by cell.
    pull, drawn, found: factors on entry by prefecture: all, of works, of room. entry: weights by cell now.
    lift: by how much founders of a cell are better than the mean of their industry [log points].
    tilt: factor of coordination on entry, towards the industries in which a place is specialised [cell].
    density: workers within reach by cell; gain, gained: log points that it brought this January and so far.
    growths: of density in the years to 2020, means over all workers [log points].
    organised: index of the cluster's organisation by cell, 0 to 1. research: its factor on what research
    yields.
    shares: how works are divided among prefectures. spent, carried: on works this quarter, and what of it
    has bought no whole m2 yet [yuan, prefecture]. started: by works this quarter [m2, prefecture].
    cost: of a m2 of the last works [yuan].
    """

    def __init__(
        self,
        parameters: ParkParameters,
        developed: np.ndarray,
        planned: np.ndarray,
        weights: np.ndarray,
        distances: np.ndarray,
    ) -> None:
        places, cells = len(developed), len(weights)
        self.parameters, self.weights = parameters, weights
        self.land: Land = no_land(places)
        self.land.serviced[:] = self.land.usual[:] = self.land.before[:] = np.rint(developed)
        self.land.planned[:] = np.rint(planned)
        self.per_capital, self.others = np.zeros(places), np.zeros(places, np.int64)
        self.first_found = np.ones(places)
        self.pull, self.drawn, self.found = np.ones((3, places))
        self.entry, self.lift = weights.copy(), np.zeros(cells)
        self.near = np.array([[exp_(-float(d) / parameters.density_reach) for d in row] for row in distances])
        self.density, self.gain, self.gained, self.premium = np.zeros((4, cells))
        self.growths: list[float] = []
        self.organised, self.research = np.zeros(cells), np.ones(cells)
        self.followed, self.own, self.tilt = np.zeros(cells), np.ones(cells), np.ones(cells)
        find_imitation(weights, places, parameters.imitated_share, self.followed, self.own)
        self.shares = Shares(developed)
        self.spent, self.carried, self.carried_before, self.started = np.zeros((4, places), np.int64)
        self.cost = 1
        self.settled: int | None = None  # the quarter in which it was set who uses the land

    def forget(self) -> None:
        """Works of the quarter begin anew."""
        self.spent[:] = self.started[:] = 0
        self.carried_before[:] = self.carried

    # --- land --------------------------------------------------------------------------------------------

    def settle(self, capital: np.ndarray, luck: np.ndarray, quarter: int) -> None:
        """Sets who uses the land, once firms are known; luck: one uniform for each prefecture."""
        settle_land(self.land, capital, luck, self.parameters, self.per_capital, self.others)
        self.settled = quarter
        for place, (free, serviced) in enumerate(
            zip(self.land.free.tolist(), self.land.serviced.tolist(), strict=True)
        ):
            self.first_found[place] = share_with_room(float(free), float(serviced), self.parameters)

    def open_land(self, quarter: int) -> None:
        """Land that is ready this quarter."""
        if self.settled is not None:
            open_land(self.land, quarter % LAGS, self.parameters)

    def use_land(self, capital: np.ndarray, quarter: int) -> None:
        """Firms and others take and leave land, given the firms' capital [yuan, prefecture]."""
        assert self.settled is not None
        passed = quarter - self.settled
        use_land(self.land, capital, self.per_capital, self.others, self.drawn, passed, self.parameters)

    def begin_works(self, paid: np.ndarray, cost: int, quarter: int) -> None:
        """Works paid for this quarter [yuan, prefecture], which open land after a lag."""
        slot = (quarter + round(self.parameters.works_lag)) % LAGS
        before = self.land.underway[slot].copy()
        begin_works(self.land, slot, paid, cost, self.carried)
        self.spent += paid
        self.started += self.land.underway[slot] - before
        self.cost = cost

    def most_works(self, cost: int) -> np.ndarray:
        """What works may cost in each prefecture before its parks reach their planned land [yuan]."""
        left = self.land.planned - self.land.serviced - self.land.underway.sum(axis=0)
        most: np.ndarray = np.maximum(left * cost - self.carried, 0)
        return most

    # --- what firms and founders meet --------------------------------------------------------------------

    def look(self, coordination: float) -> None:
        """Where founders go, and what their place adds, given the land and how prefectures coordinate."""
        p = self.parameters
        if self.settled is not None:
            look_for_land(self.land, p, self.first_found, self.drawn, self.found)
        self.pull = self.drawn * self.found
        weigh_entry(self.weights, self.pull, p.displacement, self.entry)
        self.lift[:], self.tilt[:] = self.premium, 1.0
        if coordination > 0.0:
            self.tilt = tilt_of(min(coordination, 1.0), self.own)
            coordinate(min(coordination, 1.0), self.followed, self.tilt, p.match_loss, self.lift)
            self.entry *= self.tilt

    @property
    def room(self) -> np.ndarray:
        """Share of wanted expansions that find land, over that of the start and at most 1 [prefecture]."""
        room: np.ndarray = np.minimum(self.found, 1.0)
        return room

    def crowd(self, workers: np.ndarray, firms: np.ndarray, observed: bool) -> bool:
        """January: what the year's change of density brings each cell; False in the first year.

        workers, firms: of last year's end by cell. observed: of a year to 2020, whose mean growth is in the
        trend of productivity that is solved from these years; later years are held against their mean.
        """
        before, places = self.density.copy(), len(self.near)
        count_density(workers, self.near, self.parameters, np.empty(places), self.density)
        self.gain[:] = 0.0
        if not before.any():
            return False
        usual = self.usual_growth(growth_of_density(self.density, before, workers), observed)
        gain_by_cell(self.density, before, usual, self.parameters, self.gain, self.gained)
        premium_by_cell(self.gained, firms, places, self.premium)
        return True

    def usual_growth(self, growth: float, observed: bool) -> float:
        """The growth of density that brings nothing new: to 2020 the year's own, then the mean of those."""
        if observed:
            self.growths.append(growth)
            return growth
        return sum(self.growths) / max(1, len(self.growths))

    def organise(self, towards: np.ndarray) -> None:
        """Half a year in which organisations move towards what is offered and paid for [0 to 1, cell]."""
        self.organised += (towards - self.organised) * min(1.0, 0.5 / self.parameters.organisation_years)
        self.research = 1.0 + self.parameters.organisation_gain * self.organised

    def appeal(self) -> np.ndarray:
        """Log of the pull of parks by cell: for a choice of place; 0 everywhere while nothing has changed.

        A place where free land was added or room is left attracts in all industries alike; one that
        coordinates, in those in which it is specialised.
        """
        worth = np.empty_like(self.weights)
        log_pull(self.pull, self.tilt, worth)
        return worth
