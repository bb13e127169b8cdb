"""Credit information: a platform that shows banks, funds and juries what firms are, and what they misuse.

Without it the bank sees a firm's risk with an error as wide as the spread of risks, and rates by what is
likely given that: its coefficients are so much smaller than those of the true risk. Less error makes them
larger, and leaves the mean probability of default where it is. Source of the form: the expectation given a
noisy normal signal.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.finance.funds import FundParameters
from agents.firms.credit import CreditParameters
from agents.firms.parameters import FirmParameters
from agents.numbers.elementary import exp_, log_
from agents.state.missions import MissionParameters

STEPS = 8  # of Newton's method: the gap is then below rounding
OF_RATIOS = ("risk_leverage", "risk_profit", "risk_size", "risk_youth")


@kept
class InformationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/information.yaml."""

    information_cost: float
    joining: float
    rating_noise: float
    noise_cut: float
    spread_cut: float
    misuse_found: float


def noise_left(information: float, p: InformationParameters) -> float:
    """Standard deviation of an error about firms over that without the platform."""
    return max(0.0, 1.0 - p.noise_cut * information)


def sharper(information: float, p: InformationParameters) -> float:
    """Coefficients of the rating over those without the platform: what is signal in what the bank sees."""
    noise = p.rating_noise * noise_left(information, p)
    return (1.0 + p.rating_noise * p.rating_noise) / (1.0 + noise * noise)


def found_chance(audit: float, information: float, p: InformationParameters) -> float:
    """Chance that misuse is found: by an audit, or else by what the platform shows."""
    return 1.0 - (1.0 - audit) * (1.0 - p.misuse_found * information)


class Rereading(NamedTuple):
    """How firms were rated, and what the rating has to become."""

    constant: float  # with which they were rated
    known: float  # coefficients with which they were rated over the usual ones
    usual: float  # constant without the platform
    times: float  # coefficients wanted over the usual ones


@rule
def usual_score(risk, r):
    """Log odds of default of a firm as it is rated without the platform, from the risk it was rated with."""
    return r.usual + (log_(risk / (1.0 - risk)) - r.constant) / r.known


@rule
def probability(score):
    """Probability of default of a score in log odds."""
    return 1.0 / (1.0 + exp_(-score))


@stage
def constant_of_equal_risk(firms, starts, stops, r):
    """The constant with which the mean probability of default is what it is without the platform.

    By Newton's method, in which the mean rises with the constant: who learns more about single firms does not
    learn that there are more or fewer defaults. `r`: a `Rereading`.
    """
    constant = r.usual
    for _ in range(STEPS):
        gap, slope = 0.0, 0.0
        for k in range(len(starts)):
            firm = block_of(firms, starts[k], stops[k])
            for i in range(len(firm.id)):
                score = usual_score(firm.default_risk[i], r)
                risk = probability(constant + r.times * (score - r.usual))
                gap += probability(score) - risk
                slope += risk * (1.0 - risk)
        constant += gap / slope if slope > 0.0 else 0.0
    return constant


class Information:
    """The platform: the index at which it works, and how the bank rated before there was one.

    level: share of firms and users that have joined, as far as it is paid for. usual: None until then.
    """

    def __init__(self, parameters: InformationParameters) -> None:
        self.parameters = parameters
        self.level = 0.0
        self.usual: CreditParameters | None = None

    def join(self, paid_for: float) -> None:
        """Firms and users join from quarter to quarter; what is not paid for does not work."""
        self.level = min(paid_for, self.level + self.parameters.joining * max(0.0, paid_for - self.level))

    @property
    def noise(self) -> float:
        """Standard deviation of the bank's error over the spread of firms' risks."""
        return float(self.parameters.rating_noise * noise_left(self.level, self.parameters))

    def reread(self, now: CreditParameters) -> Rereading:
        """How firms were rated until now, and by how much larger coefficients they will be."""
        usual = self.usual = self.usual or now
        known = now.risk_leverage / usual.risk_leverage if usual.risk_leverage else 1.0
        times = float(sharper(self.level, self.parameters))
        return Rereading(now.risk_constant, known, usual.risk_constant, times)

    def rating(self, now: CreditParameters, constant: float) -> CreditParameters:
        """How the bank rates with what it sees; constant: see `constant_of_equal_risk`."""
        usual = self.usual or now
        if not self.level:
            return usual
        times = float(sharper(self.level, self.parameters))
        larger = {name: times * getattr(usual, name) for name in OF_RATIOS}
        base = usual.base_rate - self.parameters.spread_cut * self.level
        return usual._replace(risk_constant=constant, base_rate=base, **larger)

    # --- what others see: without the platform just what they are given -----------------------------------

    def of_funds(self, p: FundParameters) -> FundParameters:
        """How well funds choose."""
        if not self.level:
            return p
        return p._replace(selection_noise=p.selection_noise * float(noise_left(self.level, self.parameters)))

    def of_juries(self, p: MissionParameters) -> MissionParameters:
        """How well juries choose."""
        if not self.level:
            return p
        return p._replace(jury_error=p.jury_error * float(noise_left(self.level, self.parameters)))

    def of_grants(self, p: FirmParameters) -> FirmParameters:
        """What of grants is misused: less, where it would be seen."""
        if not self.level:
            return p
        seen = float(found_chance(0.0, self.level, self.parameters))
        return p.but(grant_misuse=p.grants.grant_misuse * (1.0 - seen))

    def of_audits(self, audits: np.ndarray) -> np.ndarray:
        """Chances that misuse of mission money is found, given those of audits."""
        if not self.level:
            return audits
        found: np.ndarray = np.array(
            [found_chance(one, self.level, self.parameters) for one in audits.tolist()]
        )
        return found
