"""Evaluation of programmes: what they seem to have brought per yuan, and budgets that follow it.

The province knows reports, and nothing else: research, sales and certificates as firms report them, with
errors. It compares firms that a programme paid with others of their industry, and takes the difference for
the programme's effect, though those who are paid may differ in other ways, or report more and do no more.
"""

from collections.abc import Mapping
from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule
from agents.numbers.shares import ration, split

RESEARCH, SALES, CERTIFICATES = range(3)
INDICATORS = 3
FULL_MOVE = 2.0  # standard errors from the mean at which a budget moves by all it may


class EvaluationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/evaluation.yaml."""

    audit_deterrence: float
    audit_detection: float
    audit_cost: float
    judging_cost: float
    report_error: float
    sales_weight: float
    certificate_worth: float
    memory: float
    least_recipients: float
    needed_research: float
    needed_sales: float
    needed_certificates: float

    @property
    def weights(self) -> np.ndarray:
        """What a yuan of reported research, one of sales, and a certificate are worth [yuan of research]."""
        return np.array([1.0, self.sales_weight, self.certificate_worth])

    @property
    def needed(self) -> np.ndarray:
        """The growth of each indicator that the plan's targets ask for [share a year]."""
        return np.array([self.needed_research, self.needed_sales, self.needed_certificates])


class Estimate(NamedTuple):
    """Effect of a programme per yuan, as the province believes it, and the standard error of that."""

    effect: float
    error: float


class Reports(NamedTuple):
    """What firms have reported, in the order of their ids.

    indicators: [indicator, firm]: research and sales [yuan/year], 1 if certified.
    """

    ids: np.ndarray
    industry: np.ndarray
    indicators: np.ndarray

    def of(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What these firms have reported [indicator, firm], zero of those who are not there; who is there."""
        if not len(self.ids):
            return np.zeros((INDICATORS, len(ids))), np.zeros(len(ids), bool)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        known = self.ids[places] == ids
        return np.where(known, self.indicators[:, places], 0.0), known


class Payments(NamedTuple):
    """Whom a programme has paid in a year, each once in the order of ids, and how much [yuan].

    covered: share of all that the programme spent in the year; the rest went to others than firms.
    """

    ids: np.ndarray
    amounts: np.ndarray
    covered: float


@rule
def misuse_left(audit, p):
    """Share of misuse that is left where a grant is audited with this chance.

    Source: Olken (2007): the more audits the less is missing; here in proportion to what is misused.
    """
    return 1.0 - min(1.0, p.audit_deterrence * audit)


@rule
def chance_of_either(one, other):
    """Chance that at least one of two independent audits takes place."""
    return 1.0 - (1.0 - min(1.0, one)) * (1.0 - min(1.0, other))


@rule
def with_error(value, luck, error):
    """A figure as it is reported: off by an even spread of this relative standard deviation."""
    return max(0.0, value * (1.0 + error * sqrt(3.0) * (2.0 * luck - 1.0)))


def gathered(paid: list[tuple[np.ndarray, np.ndarray]], spent: int) -> Payments:
    """Payments of a year firm by firm, from the lists of ids and yuan in which they were noted.

    spent: by the programme in the year, on whomever [yuan].
    """
    if not paid:
        return Payments(np.zeros(0, np.int64), np.zeros(0, np.int64), 0.0)
    ids, which = np.unique(np.concatenate([one for one, _ in paid]), return_inverse=True)
    amounts = np.zeros(len(ids), np.int64)
    np.add.at(amounts, which, np.concatenate([yuan for _, yuan in paid]))
    covered = min(1.0, int(amounts.sum()) / max(spent, 1))
    return Payments(ids[amounts > 0], amounts[amounts > 0], covered)


def usual_growth(before: Reports, after: np.ndarray, paid: np.ndarray, industries: int) -> np.ndarray:
    """Growth of each indicator in each industry among those whom no programme paid [indicator, industry].

    Research and sales: after over before; certificates: how many of a hundred more are certified. Where all
    were paid, the growth of all.
    """
    growth = np.zeros((INDICATORS, industries))
    for indicator in range(INDICATORS):
        for k in range(industries):
            here = before.industry == k
            rows = here & ~paid if (here & ~paid).any() else here
            first, last = (
                sum(before.indicators[indicator, rows].tolist()),
                sum(after[indicator, rows].tolist()),
            )
            if indicator == CERTIFICATES:
                growth[indicator, k] = (last - first) / max(int(rows.sum()), 1)
            else:
                growth[indicator, k] = last / first if first > 0.0 else 1.0
    return growth


def gains(before: Reports, after: np.ndarray, growth: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What each firm reports beyond what is usual in its industry, in the province's worth [yuan/year]."""
    usual = before.indicators * growth[:, before.industry]
    usual[CERTIFICATES] = before.indicators[CERTIFICATES] + growth[CERTIFICATES, before.industry]
    worth: np.ndarray = weights @ (after - usual)
    return worth


def estimated(gain: np.ndarray, amounts: np.ndarray, covered: float) -> Estimate:
    """Gain per yuan that the programme spent, with its error from how firms scatter around that ratio.

    covered: share of its spending that these firms got; what others got is taken to bring nothing.

    Source of the error: the ratio estimator of sampling (Cochran 1977, chapter 6).
    """
    paid = float(amounts.sum())
    effect = sum(gain.tolist()) / paid
    off = gain - effect * amounts
    number = len(amounts)
    scatter = sum((off * off).tolist()) * number / max(number - 1, 1)
    return Estimate(covered * effect, covered * sqrt(scatter) / paid)


def learned(known: Estimate | None, new: Estimate, memory: float) -> Estimate:
    """Both estimates weighed by their precision; what was known before counts by `memory` of its own."""
    if known is None or memory <= 0.0:
        return new
    old_weight = memory / max(known.error * known.error, 1e-12)
    new_weight = 1.0 / max(new.error * new.error, 1e-12)
    whole = old_weight + new_weight
    return Estimate((old_weight * known.effect + new_weight * new.effect) / whole, sqrt(1.0 / whole))


def weights_by_gap(weights: np.ndarray, growth: np.ndarray, needed: np.ndarray, gap: float) -> np.ndarray:
    """The province's weights, shifted by `gap` of 1 to the indicators that grow less than targets ask for.

    Their sum of shifts is kept: an indicator that alone lags counts three times, those on their way nothing.
    """
    lag = np.maximum(needed - growth, 0.0)
    whole = sum(lag.tolist())
    return weights if whole <= 0.0 or gap <= 0.0 else weights * (1.0 - gap + gap * INDICATORS * lag / whole)


def pull(estimates: list[Estimate], budgets: np.ndarray) -> np.ndarray:
    """How strongly each budget is to move, from -1 to 1: by how many errors its effect is off the mean."""
    effects, errors = np.array(estimates).T
    share = budgets / float(budgets.sum())
    mean = sum((share * effects).tolist())
    of_mean = sum((share * share * errors * errors).tolist())
    spread = FULL_MOVE * np.sqrt(errors * errors + of_mean)
    off = effects - mean
    strength: np.ndarray = np.clip(off / np.where(spread > 0.0, spread, inf), -1.0, 1.0)
    return strength


def moved(budgets: np.ndarray, strength: np.ndarray, limit: float) -> np.ndarray:
    """Budgets [yuan] moved by at most `limit` of each; their total is kept to the yuan.

    What some might gain and others lose is never the same: the larger of the two is cut in proportion.
    """
    wanted = np.floor(budgets * np.maximum(strength, 0.0) * limit).astype(np.int64)
    offered = np.floor(budgets * np.maximum(-strength, 0.0) * limit).astype(np.int64)
    most = min(int(wanted.sum()), int(offered.sum()))
    return budgets + ration(most, wanted) - ration(most, offered)


class Evaluation:
    """What the province knows of its programmes.

    audit, limit, gap: as offered in the quarter: chance that a grant is audited, largest move of a budget a
        year, how far targets set the weights.
    reach: share of the audits wanted last time that was paid for; what firms reckon with.
    ids, taken: who misused research grants of last year, and how much [yuan].
    register, earlier: reports of last January and of the one before; None where none were taken.
    paid: by programme whom it paid in the year before.
    estimates: by programme. planned, budgets: of the year, as levers asked for and as moved [yuan].
    audits, moved_now, judged: of the quarter: audits made, yuan moved between budgets, programmes judged.
    """

    def __init__(self, parameters: EvaluationParameters) -> None:
        self.parameters = parameters
        self.audit = self.limit = self.gap = 0.0
        self.reach = 1.0
        self.ids, self.taken = np.zeros((2, 0), np.int64)
        self.register: Reports | None = None
        self.earlier: Reports | None = None
        self.paid: dict[str, Payments] = {}
        self.estimates: dict[str, Estimate] = {}
        self.planned: dict[str, int] = {}
        self.budgets: dict[str, int] = {}
        self.audits = self.moved_now = self.judged = 0

    def open_quarter(self) -> None:
        """Counts begin anew."""
        self.audits = self.moved_now = self.judged = 0

    def remember_misuse(self, ids: np.ndarray, taken: np.ndarray) -> None:
        """Who may be found out next year [id, yuan]; what was not found before is never found."""
        self.ids, self.taken = ids, taken

    def learn(self, name: str, gain: np.ndarray, amounts: np.ndarray, covered: float) -> None:
        """Judges a programme by its recipients, unless they are too few to say anything."""
        if len(amounts) >= self.parameters.least_recipients:
            new = estimated(gain, amounts, covered)
            self.estimates[name] = learned(self.estimates.get(name), new, self.parameters.memory)
            self.judged += 1

    def plan(self, planned: Mapping[str, int]) -> None:
        """January: the year's budgets of the programmes that were judged, moved from where they stand.

        planned: what levers ask for [yuan]. Where that changes, the budgets keep their ratios to it, and the
        total is the one asked for.
        """
        names = [name for name, amount in planned.items() if name in self.estimates and amount > 0]
        asked = {name: planned[name] for name in names}
        stand = self._stand(asked)
        self.planned, self.budgets = asked, dict(zip(names, stand.tolist(), strict=True))
        if len(names) > 1 and self.limit > 0.0:
            strength = pull([self.estimates[name] for name in names], stand)
            after = moved(stand, strength, self.limit)
            self.moved_now = int(np.maximum(after - stand, 0).sum())
            self.budgets = dict(zip(names, after.tolist(), strict=True))

    def _stand(self, asked: Mapping[str, int]) -> np.ndarray:
        """Where budgets stand before they are moved [yuan]: what is asked for, as far moved as last year."""
        if not asked:
            return np.zeros(0, np.int64)
        if asked == self.planned:
            return np.array([self.budgets[name] for name in asked], np.int64)
        ratio = {name: self.budgets[name] / self.planned[name] for name in self.budgets}
        wanted = [amount * ratio.get(name, 1.0) for name, amount in asked.items()]
        return split(sum(asked.values()), wanted)

    @property
    def share_moved(self) -> float:
        """Share of the judged budgets that stands elsewhere than levers ask for."""
        gained = sum(max(0, self.budgets[name] - asked) for name, asked in self.planned.items())
        return gained / max(sum(self.planned.values()), 1)

    def forget_budgets(self) -> None:
        """Budgets are again what levers ask for."""
        self.planned, self.budgets = {}, {}
