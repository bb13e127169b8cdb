"""Mission projects (揭榜挂帅): a yearly call with topics, a contest for each, tranches, an audit, claw-back.

Topics lie where the province's firms are furthest from the best. For each a few firms apply, a jury that errs
picks the one it thinks most able. The award comes in two tranches, the second only after a milestone.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.distributions import beta_share, pareto
from agents.numbers.elementary import log_, normal_quantile, yuan

NOBODY = -1e300  # the key of a firm that may not apply


class MissionParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/missions.yaml."""

    award_share: float
    award_lowest: float
    award_highest: float
    topic_industries: float
    partner_share: float
    ability_weight: float
    jury_error: float
    misuse: float
    milestone_chance: float
    milestone_gain: float
    milestone_tail: float
    milestone_highest: float


# --- who applies and who wins ----------------------------------------------------------------------------


@rule
def application_key(log_knowledge, luck, weight):
    """The firms with the highest keys apply: more often the able ones.

    The noise is Gumbel, so this is sampling without replacement, by knowledge to the power of `weight`.
    """
    return weight * log_knowledge - log_(-log_(luck))


@rule
def judged_ability(log_knowledge, luck, p):
    """What the jury takes for the ability of an applicant [log points]."""
    return log_knowledge + p.jury_error * normal_quantile(luck)


@stage
def weigh_applicants(firms, p, applied, judged, start, stop, keys, merits):
    """Writes key and judged ability of rows `start` to `stop`; who does no research does not apply."""
    for i in range(start, stop):
        key = application_key(firms.log_knowledge[i], applied[i - start], p.ability_weight)
        keys[i - start] = key if firms.research[i] > 0.0 else NOBODY
        merits[i - start] = judged_ability(firms.log_knowledge[i], judged[i - start], p)


@stage
def hold_contests(ranked, merits, entrants, winners):
    """Writes the best of each `entrants` applicants, in the order of their keys."""
    for topic in range(len(winners)):
        first = topic * entrants
        best = ranked[first]
        for n in range(first + 1, min(first + entrants, len(ranked))):
            best = ranked[n] if merits[ranked[n]] > merits[best] else best
        winners[topic] = best


@rule
def award_of(yearly_research, available, p):
    """Award [yuan] for a winner with this research [yuan/year], within what is available; 0 if too little."""
    wanted = max(p.award_lowest, min(p.award_highest, p.award_share * yearly_research))
    return 0.0 if available < p.award_lowest else min(wanted, available)


# --- what the money does ---------------------------------------------------------------------------------


@rule
def misuse_share(luck, stage_gate, audit, p):
    """Share of the money paid out to owners: a Beta draw without monitoring, less where more is at stake.

    What is found is paid back, and the second tranche is lost with it: both thin out the gain in proportion.
    Source of the size without monitoring: Boeing and Peters (2021).
    """
    return beta_share(p.misuse, luck) * (1.0 - min(1.0, audit)) * (1.0 - min(1.0, stage_gate))


@rule
def milestone_reached(luck, misuse, p):
    """Whether the milestone is reached: by luck, and less likely where less of the money went to research."""
    return luck < p.milestone_chance * (1.0 - misuse)


@rule
def milestone_step(done, yearly_research, luck, p):
    """Gain in log productivity of a mission that reached its milestone: most are small, a few large.

    In proportion to the mission's research `done` beside the firm's own [both yuan/year].
    """
    effort = done / (done + yearly_research) if done > 0.0 else 0.0
    return min(p.milestone_highest, p.milestone_gain * effort * pareto(p.milestone_tail, luck))


@stage
def use_tranches(firms, rows, paid, misuse, dividends, taken):
    """Owners take the misused share of what was `paid` [yuan]; the rest is research of the next year.

    Adds to `dividends` [prefecture] and writes what was taken [yuan].
    """
    for n in range(len(rows)):
        i = rows[n]
        taken[n] = min(yuan(misuse[n] * float(paid[n])), firms.deposits[i])
        firms.deposits[i] -= taken[n]
        dividends[firms.prefecture[i]] += taken[n]
        firms.mission_research[i] = 0.25 * float(paid[n] - taken[n])


@stage
def take_back(firms, rows, owed, returned):
    """Firms return misused money that was found [yuan], as far as their deposits go; writes what they pay."""
    for n in range(len(rows)):
        i = rows[n]
        returned[n] = max(0, min(owed[n], firms.deposits[i]))
        firms.deposits[i] -= returned[n]


@stage
def judge_milestones(firms, rows, misuse, done, luck, gain_luck, process_share, p, reached):
    """Writes 1 for each mission that reached its milestone, and lifts its firm."""
    for n in range(len(rows)):
        i = rows[n]
        reached[n] = 1 if milestone_reached(luck[n], misuse[n], p) else 0
        if reached[n] == 1:
            own = 4.0 * max(0.0, firms.research[i] - firms.mission_research[i])
            gain = milestone_step(done[n], own, gain_luck[n], p)
            firms.log_productivity[i] += process_share * gain
            firms.log_quality[i] += (1.0 - process_share) * gain


class Missions:
    """Running missions, one element each; at most one per firm.

    firm: id. partner: university, -1 if none. stage: 1 before the milestone, 2 after it.
    held, held_partner: second tranche of firm and partner, a promise of the programme [yuan].
    misuse: share of each tranche. taken, done: of the running tranche, misused and left for research [yuan].
    audit: chance that a tranche is audited, as offered at the award. payer: place in `payers`, the names of
    the programmes that have awarded some.
    """

    firm: np.ndarray
    partner: np.ndarray
    stage: np.ndarray
    held: np.ndarray
    held_partner: np.ndarray
    taken: np.ndarray
    done: np.ndarray
    payer: np.ndarray
    misuse: np.ndarray
    audit: np.ndarray

    def __init__(self, parameters: MissionParameters) -> None:
        self.parameters = parameters
        self.payers: list[str] = []
        for name in RUNNING:
            setattr(self, name, np.zeros(0, np.float64 if name in REAL else np.int64))

    def __len__(self) -> int:
        return len(self.firm)

    @property
    def promised(self) -> int:
        """Second tranches held back [yuan]."""
        return int(self.held.sum() + self.held_partner.sum())

    def promised_by(self, programme: str) -> int:
        """Second tranches that a programme holds back [yuan]."""
        paid = self.paid_by(programme)
        return int(self.held[paid].sum() + self.held_partner[paid].sum())

    def paid_by(self, programme: str) -> np.ndarray:
        """Places of the missions that a programme pays."""
        found: np.ndarray = np.flatnonzero(self.payer == self.number_of(programme))
        return found

    def number_of(self, programme: str) -> int:
        """The place of a programme among the payers, where it is put if it has awarded nothing yet."""
        if programme not in self.payers:
            self.payers.append(programme)
        return self.payers.index(programme)

    def keep(self, chosen: np.ndarray) -> None:
        """Forgets the missions that are not among the chosen places."""
        for name in RUNNING:
            setattr(self, name, getattr(self, name)[chosen])

    def begin(self, **columns: np.ndarray) -> None:
        """Adds missions, column by column."""
        for name in RUNNING:
            setattr(self, name, np.concatenate([getattr(self, name), columns[name]]))


REAL = ("misuse", "audit")
RUNNING = ("firm", "partner", "stage", "held", "held_partner", "taken", "done", "payer", *REAL)


def widest_gaps(mean_productivity: np.ndarray, frontier: float, count: int) -> list[int]:
    """The industries whose firms are furthest from the best practice on average, the furthest first."""
    gaps = [frontier - float(mean) for mean in mean_productivity]
    return sorted(range(len(gaps)), key=lambda k: (-gaps[k], k))[:count]


def best_partners(knowledge: np.ndarray, reach: np.ndarray) -> list[int]:
    """The university with the most knowledge in reach of each prefecture; -1 where none has any.

    knowledge: of the industry, by university. reach: its weight [prefecture, university].
    """
    standing = reach * knowledge
    best = standing.argmax(axis=1)
    return np.where(standing.max(axis=1) > 0.0, best, -1).tolist()
