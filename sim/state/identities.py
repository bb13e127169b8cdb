"""Identities of the two tiers of government and of mission projects."""

from typing import Any

import numpy as np

from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from sim.books.identity import fail


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
    check_promises(governments.programmes["mission_projects"], economy.missions, quarter)
    check_movers(ledger, economy.prefectures, economy.counts.relocated, quarter)
