"""Identities of programmes, of the two tiers of government, of mission projects and of carriers."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.families import MISSION_CALL
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.money.programme import Programme, ProgrammeYear
from agents.state.evaluation import Evaluation
from sim.books.identity import fail

LAST_QUARTER = 3  # of the year, in which claims on research support are decided


def check(economy: Economy, sums: Sums) -> None:
    """I4 of programmes, and all identities of governments and of what they run."""
    check_programmes(economy.ledger, sums, economy.governments.programmes)
    check_carriers(economy.carriers, economy.quarter)
    check_government(economy, sums)


def check_programmes(ledger: Ledger, sums: Sums, programmes: Mapping[str, Programme]) -> None:
    """I4: what a programme disbursed, governments paid under its name, and receivers got."""
    debits = dict.fromkeys(programmes, 0)
    paid = sums.of_programmes[: len(ledger.tagged)]
    totals = paid.sum(axis=1).tolist()
    of_local = (paid[:, Sector.PROVINCE] + paid[:, Sector.PREFECTURES]).tolist()
    for (code, name), local, total in zip(ledger.tagged, of_local, totals, strict=True):
        if name not in programmes or local != total:
            fail("I4 payment", f"{name} ({code.name})", ledger.quarter, total)
            continue
        debits[name] += local
    for name, one in programmes.items():
        disbursed = one.disbursed_now
        if debits[name] != disbursed:
            fail("I4 debit", name, ledger.quarter, debits[name] - disbursed)
        if one.received_now != disbursed:
            fail("I4 receipts", name, ledger.quarter, one.received_now - disbursed)
        if one.available() < 0:
            fail("I4 budget overspent", name, ledger.quarter, one.available())
        if one.history:
            check_programme_year(one.history[-1], name)


def check_programme_year(account: ProgrammeYear, name: str) -> None:
    """I4: appropriated + carried in = disbursed + carried out + lapsed, over a closed year."""
    gap = account.appropriated + account.carried_in - account.disbursed - account.carried_out - account.lapsed
    if gap:
        fail(f"I4 year {account.year}", name, 4 * (account.year - 2016) + 3, gap)


def check_tiers(ledger: Any, sums: Sums, programmes: Any, quarter: int) -> None:
    """I4: what prefectures paid of programmes, and to the province for them, is what was recorded."""
    local = [part for one in programmes.values() for part in (one.matched_now, one.covered_now)]
    recorded = int(np.concatenate(local).sum())
    tagged = int(sums.of_programmes[:, Sector.PREFECTURES].sum())
    made_good = ledger.paid(Sector.PREFECTURES, Sector.PROVINCE, Flow.TRANSFER)
    fail("I4 tiers", "prefectures", quarter, tagged + made_good - recorded)


def check_prefecture_revenue(ledger: Any, sums: Sums, quarter: int) -> None:
    """I2: the taxes of the prefectures one by one are what the ledger booked for them together."""
    one_by_one = int(ledger.books.revenue[ledger.accounts.prefectures].sum())
    fail("I2 prefecture revenue", "prefectures", quarter, one_by_one - int(sums.taxes[Sector.PREFECTURES]))


def check_promises(programme: Any, missions: Any, quarter: int) -> None:
    """I4: what the programme holds back is what missions were promised, and it has that money."""
    fail("I4 held back", programme.name, quarter, programme.committed - missions.promised_by(programme.name))
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
        if one.waited + one.claimed_now != decided + one.waiting:
            fail("I4 claims", name, quarter, one.waited + one.claimed_now - decided - one.waiting)
        if one.waiting != standing.get(name, 0):
            fail("I4 claims waiting", name, quarter, one.waiting - standing.get(name, 0))
        if one.appropriated and name not in offered:
            fail("I4 budget without an offer", name, quarter, one.appropriated)
    of_firms = int(economy.firms.grant_claim.sum()) if quarter % 4 < LAST_QUARTER else 0
    fail("I4 claims waiting", "firms", quarter, economy.standing.waiting - of_firms)


def check_budgets(economy: Economy) -> None:
    """I4: budgets that evaluation moved are those asked for together, and each is what is appropriated."""
    evaluation, quarter = economy.of(Evaluation), economy.quarter
    asked, moved = sum(evaluation.planned.values()), sum(evaluation.budgets.values())
    fail("I4 moved budgets", "all programmes", quarter, moved - asked)
    programmes = economy.governments.programmes
    for name, budget in evaluation.budgets.items():
        if programmes[name].appropriated != budget:
            fail("I4 moved budgets", name, quarter, programmes[name].appropriated - budget)


def check_carriers(carriers: Any, quarter: int) -> None:
    """I8: carriers of each family since the year's review and round."""
    gap = carriers.opening + carriers.promoted - carriers.demoted - carriers.by_family()
    if np.count_nonzero(gap):
        family = int(np.flatnonzero(gap)[0])
        fail("I8 carriers", carriers.families.names[family], quarter, int(gap[family]))


def check_government(economy: Any, sums: Sums) -> None:
    """I2 and I4 of the two tiers, and promises."""
    ledger, quarter, governments = economy.ledger, economy.quarter, economy.governments
    check_tiers(ledger, sums, governments.programmes, quarter)
    check_prefecture_revenue(ledger, sums, quarter)
    check_claims(economy, quarter)
    check_budgets(economy)
    for programme in economy.offers.payers(MISSION_CALL):
        check_promises(programme, economy.missions, quarter)
