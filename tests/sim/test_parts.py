"""Parts: each brings what it is, what begins anew, what must hold, who is shown."""

import mesa
import pytest

from agents.economy import Counts
from agents.money.flows import AccountingError
from scenarios.region.region import load_region
from sim import indicators
from sim.books.identity import fail
from sim.model import IndustrialPolicyModel, choose
from sim.part import Part
from sim.quarter import PARTS

SMALL = 0.005


@pytest.fixture
def economy():
    return IndustrialPolicyModel(choose(scale=SMALL)).economy


def test_sums_of_flows_and_counts_begin_anew(economy):
    for sums in economy.totals:
        sums[...] = 5
    economy.counts.entrants = economy.guarantee.count.asked = economy.funds.count.deals = 9
    PARTS.forget(economy)
    assert not any(sums.any() for sums in economy.totals)
    assert economy.counts == Counts()
    assert economy.guarantee.count.asked == economy.funds.count.deals == 0


def all_groups():
    """The groups of all parts in Hunan, by name."""
    hunan = load_region("hunan")
    return [named for part in PARTS for named in (*part.series.items(), *part.series_of(hunan).items())]


def test_no_two_parts_share_a_group_of_series_or_a_series():
    groups, recorded = [group for _, group in all_groups()], indicators.series_of()
    assert len(groups) == len(recorded.groups)
    assert sum(len(group.entries) for group in groups) == len(recorded.indicators)
    assert sum(len(part.cells) for part in PARTS) == len(indicators.CELL_INDICATORS)


def test_series_of_a_new_group_are_recorded_after_those_known():
    known = dict(all_groups())
    assert list(indicators.in_order({**known, "mine": "new"})) == [*indicators.in_order(known), "new"]


def test_groups_whose_columns_stand_first_do_so_wherever_their_part_stands():
    known = dict(all_groups())
    others = [group for name, group in known.items() if name not in indicators.FIRST]
    assert indicators.in_order({"mine": "new", **known}) == [
        *(known[name] for name in indicators.FIRST),
        "new",
        *others,
    ]


# --- an institution of one's own -------------------------------------------------------------------------


class Incubators:
    """Counts and a balance."""

    def __init__(self, firms):
        self.room, self.guests = firms.count // 10, 3


class Incubator(mesa.Agent):
    """Its face."""


@pytest.fixture
def incubators(monkeypatch):
    """A run with a part that the model does not know."""

    def forget(economy):
        economy.of(Incubators).guests = 0

    def check(economy, sums):
        fail("I8 count", "incubators", economy.quarter, min(0, economy.of(Incubators).room))

    part = Part(
        "incubators",
        lambda start: {Incubators: Incubators(start.made["firms"])},
        lambda economy, setting: [(economy.ledger.accounts.central, 777)],
        forget,
        check,
        faces=lambda model, economy, region: Incubator(model),
    )
    monkeypatch.setattr(PARTS, "members", (*PARTS, part))
    return IndustrialPolicyModel(choose(scale=SMALL))


def test_a_part_brings_what_it_is_holds_and_shows(incubators):
    economy = incubators.economy
    assert economy.of(Incubators).room == economy.firms.count // 10
    assert economy.ledger.balance[economy.ledger.accounts.central] == 777
    assert len(incubators.agents_by_type[Incubator]) == 1


def test_in_a_quarter_its_counts_begin_anew(incubators):
    own = incubators.economy.of(Incubators)
    own.guests = 4
    incubators.step()
    assert own.guests == 0


def test_its_identity_ends_a_run_in_which_it_fails(incubators):
    incubators.economy.of(Incubators).room = -1
    with pytest.raises(AccountingError, match="I8 count fails: account incubators, quarter 0: -1 off"):
        incubators.step()


def test_a_branch_has_its_own_part(incubators):
    branch = incubators.branch(incubators.spec)
    branch.economy.of(Incubators).guests = 1
    assert incubators.economy.of(Incubators).guests == 0
