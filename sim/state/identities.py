"""Identities of the two tiers of government and of mission projects."""

from typing import Any

import numpy as np

from agents.money.account_book import Sums
from agents.money.families import MISSION_CALL
from agents.money.flows import Flow, Sector
from sim.books.identity import fail

LAST_QUARTER = 3  # of the year, in which claims on research support are decided


def check_tiers(ledger: Any, sums: Sums, programmes: Any, quarter: int) -> None:
    """I4: what prefectures paid of programmes, and to the province for them, is what was recorded."""
    parts = [part for one in programmes.values() for part in (one.matched_now, one.covered_now)]
    recorded = int(np.concatenate(parts).sum())
    tagged = int(sums.of_programmes[:, Sector.PREFECTURES].sum())
    made_good = ledger.paid(Sector.PREFECTURES, Sector.PROVINCE, Flow.TRANSFER)
    fail("I4 tiers", "prefectures", quarter, tagged + made_good - recorded)


def check_prefecture_revenue(ledger: Any, sums: Sums, quarter: int) -> None:
    """I2: the taxes of the prefectures one by one are what the ledger booked for them together."""
    one_by_one = int(ledger.books.revenue[ledger.accounts.prefectures].sum())
    fail("I2 prefecture revenue", "prefectures", quarter, one_by_one - int(sums.taxes[Sector.PREFECTURES]))


def check_promises(programme: Any, missions: Any, quarter: int) -> None:
    """I4: what the programme holds back is what missions were promised, and it has that money."""
    fail("I4 held back", programme.name, quarter, programme.committed - missions.promised)
    fail(
        "I4 promised beyond the budget",
        programme.name,
        quarter,
        min(0, programme.available() - programme.committed),
    )


def check_claims(economy: Any, quarter: int) -> None:
    """I4: what was claimed of a programme is paid, cut, withdrawn or waiting; what waits is what firms claim.

    A claim of the year waits until its fourth quarter, and no longer.
    """
    standing = {programme.name: int(part.sum()) for programme, part in economy.standing.parts}
    offered = {programme.name for programme in economy.offers.programmes}
    for name, one in economy.governments.programmes.items():
        decided = one.disbursed_now + one.cut_now + one.withdrawn_now
        fail("I4 claims", name, quarter, one.waited + one.claimed_now - decided - one.waiting)
        fail("I4 claims waiting", name, quarter, one.waiting - standing.get(name, 0))
        fail("I4 budget without an offer", name, quarter, 0 if name in offered else one.appropriated)
    of_firms = int(economy.firms.grant_claim.sum()) if quarter % 4 < LAST_QUARTER else 0
    fail("I4 claims waiting", "firms", quarter, economy.standing.waiting - of_firms)


def check_movers(ledger: Any, prefectures: Any, relocated: int, quarter: int) -> None:
    """I8: firms move in with capital, or not at all; incentives are what prefectures booked."""
    brought = ledger.paid(Sector.OUTSIDE, Sector.FIRMS, Flow.INWARD_INVESTMENT)
    fail("I8 movers without capital", "outside", quarter, int((relocated > 0) != (brought > 0)))
    if relocated > 0:
        paid = ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT)
        fail("I4 incentives", "prefectures", quarter, paid - int(prefectures.incentives_paid.sum()))


def check_government(economy: Any, sums: Sums) -> None:
    """All of them."""
    ledger, quarter, governments = economy.ledger, economy.quarter, economy.governments
    check_tiers(ledger, sums, governments.programmes, quarter)
    check_prefecture_revenue(ledger, sums, quarter)
    check_claims(economy, quarter)
    for programme in economy.offers.payers(MISSION_CALL):
        check_promises(programme, economy.missions, quarter)
    check_movers(ledger, economy.prefectures, economy.counts.relocated, quarter)
