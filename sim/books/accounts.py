"""The identities of each quarter: what must be zero, to the yuan and to the piece. Numbers as in docs/ODD.md.

accounts.check(economy)      # after the ledger has closed the quarter
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from agents.firms import totals
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.money.posting import add_up_changes
from agents.money.programme import Programme, ProgrammeYear
from agents.state.government import LOCAL
from sim.books.identity import fail
from sim.finance import identities as identities_finance
from sim.people.identities import check_talent
from sim.science.identities import check_transfer
from sim.state.identities import check_government


class Stocks(NamedTuple):
    """What is counted in pieces at one moment."""

    firms: int
    certified: int
    patents: int
    high_value: int


# --- I1 to I3, I6, I7: the ledger ------------------------------------------------------------------------


def check_bank(ledger: Ledger, firm_deposits: int, firm_loans: int) -> None:
    """I1: all deposits and own funds are what the bank has lent; firms counted one by one."""
    firms = ledger.accounts.firms
    uncounted = (int(ledger.balance[firms]) - firm_deposits) - (int(ledger.loans[firms]) - firm_loans)
    fail("I1 bank balance", "bank", ledger.quarter, ledger.bank_gap() - uncounted)


def check_columns(ledger: Ledger, sums: Sums) -> None:
    """I2: what a sector received less what it paid is the change of its money."""
    gaps, bank = np.zeros(len(Sector), dtype=np.int64), ledger.accounts.bank
    before, loans_before = ledger.opening_balance, ledger.opening_loans
    add_up_changes(ledger.books, sums.moved, before, ledger.loans, loans_before, int(Sector.BANK), gaps)
    gaps[Sector.BANK] += ledger.bonds[bank] - ledger.opening_bonds[bank]
    if gaps.any():
        for sector in Sector:
            fail("I2 column", sector.name.lower(), ledger.quarter, int(gaps[sector]))


def check_rows(ledger: Ledger) -> None:
    """I3: every flow that somebody paid somebody received; a traced journal adds up to the flow matrix."""
    sums = ledger.lines.sum(axis=1)
    for row in np.flatnonzero(sums).tolist():
        fail("I3 row", Flow(row).name if row in Flow else "programmes", ledger.quarter, int(sums[row]))
    if ledger.journal is not None:
        _check_journal(ledger)


def _check_journal(ledger: Ledger) -> None:
    assert ledger.journal is not None
    left = dict(ledger.flow_matrix)
    sector = ledger.accounts.sector
    for quarter, payer, payee, amount, code, programme in ledger.journal:
        if quarter == ledger.quarter:
            key = (sector[payer], sector[payee], code, programme)
            left[key] = left.get(key, 0) - amount
    for (payer, _, code, _), amount in left.items():
        fail(f"I3 journal of {Flow(code).name}", payer.name.lower(), ledger.quarter, amount)


def check_loans(ledger: Ledger) -> None:
    """I6: debt is that of the quarter before, plus new, less repaid and written off."""
    gap = ledger.opening_loans + ledger.loans_new - ledger.loans_repaid - ledger.written_off - ledger.loans
    for account in np.flatnonzero(gap).tolist():
        fail("I6 loans", ledger.accounts.name_of(account), ledger.quarter, int(gap[account]))


def check_claims(ledger: Ledger) -> None:
    """I7: what holders hold issuers owe: bonds, equity of firms and shares in funds."""
    for name in ("bonds", "equity", "shares"):
        fail("I7 claims", name, ledger.quarter, int(getattr(ledger, name).sum()))


# --- I4: programmes --------------------------------------------------------------------------------------


def check_programmes(ledger: Ledger, sums: Sums, programmes: Mapping[str, Programme]) -> None:
    """I4: what a programme disbursed, governments paid under its name, and receivers got."""
    debits = dict.fromkeys(programmes, 0)
    paid = sums.of_programmes[: len(ledger.tagged)].tolist()
    for (code, name), by_payer in zip(ledger.tagged, paid, strict=True):
        local, total = by_payer[Sector.PROVINCE] + by_payer[Sector.PREFECTURES], sum(by_payer)
        if name not in programmes or local != total:
            fail("I4 payment", f"{name} ({code.name})", ledger.quarter, total)
            continue
        debits[name] += local
    for name, programme in programmes.items():
        disbursed = programme.disbursed_now
        fail("I4 debit", name, ledger.quarter, debits[name] - disbursed)
        fail("I4 receipts", name, ledger.quarter, programme.received_now - disbursed)
        fail("I4 budget overspent", name, ledger.quarter, min(0, programme.available()))
        if programme.history:
            check_programme_year(programme.history[-1], name)


def check_programme_year(account: ProgrammeYear, name: str) -> None:
    """I4: appropriated + carried in = disbursed + carried out + lapsed, over a closed year."""
    gap = account.appropriated + account.carried_in - account.disbursed - account.carried_out - account.lapsed
    if gap:
        fail(f"I4 year {account.year}", name, 4 * (account.year - 2016) + 3, gap)


# --- I5, I8, I9: firms, counts, research -----------------------------------------------------------------


def check_value_added(residual: np.ndarray, quarter: int) -> None:
    """I5: output side = income side of every firm; residual: (sum of absolute gaps in yuan, a failing id)."""
    fail("I5 value added", f"firm {int(residual[1])}", quarter, int(residual[0]))


def check_cells(quarter: int, of_cells: Mapping[str, tuple[int, int]]) -> None:
    """I5: the cells add up to the province. of_cells: {name: (sum over cells, provincial figure)}."""
    for name, (cells, province) in of_cells.items():
        fail("I5 cells", name, quarter, cells - province)


def check_count(what: str, quarter: int, before: int, came: int, went: int, after: int) -> None:
    """I8: what there is now is what there was, plus what came, less what went."""
    fail("I8 count", what, quarter, before + came - went - after)


def check_carriers(carriers: Any, quarter: int) -> None:
    """I8: carriers of each family since the year's review and round."""
    gap = carriers.opening + carriers.promoted - carriers.demoted - carriers.by_family()
    for family in np.flatnonzero(gap).tolist():
        fail("I8 carriers", carriers.families.names[family], quarter, int(gap[family]))


def contracts_to_institutions(ledger: Ledger) -> int:
    """Research that firms paid for and universities and institutes performed this quarter [yuan]."""
    return ledger.paid(Sector.FIRMS, Sector.UNIVERSITIES, Flow.RESEARCH_CONTRACTS)


def research_performed(ledger: Ledger, research_of_firms: int, research_of_institutions: int) -> int:
    """Research performed in the quarter [yuan]: each performer's own; contracts count with who does the work.

    research_of_firms: all that firms paid for, contracts included.
    """
    return research_of_firms - contracts_to_institutions(ledger) + research_of_institutions


def check_research(
    ledger: Ledger,
    sums: Sums,
    research_of_institutions: int,
    research_of_firms: int,
    equipment: int | None = None,
) -> None:
    """I9: research is what performers spent on staff, materials, equipment and outside work, in the ledger.

    equipment: research equipment of firms [yuan]; where it is not counted apart, what is not in the other
    flows must lie within their capital expenditure.
    """
    spent = sums.spent.item
    by_institutions = sum(spent(code, Sector.UNIVERSITIES) for code in INSTITUTIONS_SPEND)
    by_firms = sum(spent(code, Sector.FIRMS) for code in FIRMS_SPEND)
    invested = spent(Flow.CAPITAL_EXPENDITURE, Sector.FIRMS)
    fail("I9 research", "universities", ledger.quarter, research_of_institutions - by_institutions)
    left = research_of_firms - by_firms
    gap = left - equipment if equipment is not None else min(0, left) + max(0, left - invested)
    fail("I9 research", "firms", ledger.quarter, gap)


INSTITUTIONS_SPEND = (Flow.RESEARCH_WAGES, Flow.RESEARCH_MATERIALS, Flow.CAPITAL_EXPENDITURE)
FIRMS_SPEND = (Flow.RESEARCH_WAGES, Flow.RESEARCH_MATERIALS, Flow.RESEARCH_CONTRACTS)


# --- all of them -----------------------------------------------------------------------------------------


def check_ledger(ledger: Ledger, sums: Sums, firm_deposits: int, firm_loans: int) -> None:
    """I1, I2, I3, I6 and I7 of a quarter."""
    check_bank(ledger, firm_deposits, firm_loans)
    check_columns(ledger, sums)
    check_rows(ledger)
    check_loans(ledger)
    check_claims(ledger)


def check_stocks(before: Stocks, after: Stocks, counts: Any, quarter: int) -> None:
    """I8: firms, certificates and patents. counts: what came and went, as `agents.economy.Counts`."""
    came = counts.entrants + counts.relocated
    check_count("firms", quarter, before.firms, came, counts.exits, after.firms)
    gone = counts.certified_lapsed + counts.certified_left
    check_count("certified firms", quarter, before.certified, counts.certified_new, gone, after.certified)
    granted, lapsed = counts.patents_granted, counts.patents_lapsed
    check_count("patents", quarter, before.patents, granted, lapsed, after.patents)
    new, gone = counts.high_value_new, counts.high_value_lapsed
    check_count("high-value patents", quarter, before.high_value, new, gone, after.high_value)


PUBLIC_ORDERS = (Flow.PROCUREMENT, Flow.INFRASTRUCTURE)


def sales_of_firms(ledger: Ledger) -> int:
    """Sales of firms as the ledger knows them, public orders included [yuan]."""
    buyers = (Sector.REST, Sector.OUTSIDE)
    bought = sum(ledger.paid(buyer, Sector.FIRMS, Flow.SALES) for buyer in buyers)
    orders = [(code, name) for code, name in ledger.tagged if code in PUBLIC_ORDERS]
    return bought + sum(ledger.paid(payer, Sector.FIRMS, *order) for payer in LOCAL for order in orders)


def check(economy: Any) -> None:
    """All identities of the quarter that the ledger has just closed; remembers the stocks for the next.

    Raises:
        AccountingError: names identity, account, quarter and amount.
    """
    ledger, quarter, sums = economy.ledger, economy.quarter, economy.ledger.add_up()
    over_cells = economy.totals.cells.sum(axis=0).tolist()
    check_ledger(ledger, sums, *ledger.counted)
    check_programmes(ledger, sums, economy.governments.programmes)
    check_value_added(economy.totals.residual, quarter)
    check_cells(quarter, {"sales": (over_cells[totals.SALES], sales_of_firms(ledger))})
    of_institutions = int(economy.universities.research.sum())
    check_research(
        ledger, sums, of_institutions, over_cells[totals.RESEARCH], int(economy.totals.equipment[0])
    )
    check_carriers(economy.carriers, quarter)
    check_government(economy, sums)
    check_talent(economy.talent, quarter)
    identities_finance.check(economy)
    check_transfer(economy)
    columns = (totals.FIRMS, totals.CERTIFIED, totals.PATENTS, totals.HIGH_VALUE)
    after = Stocks(*(over_cells[column] for column in columns))
    fail("I8 count", "firms", quarter, after.firms - economy.firms.count)
    if economy.stocks is not None:
        check_stocks(economy.stocks, after, economy.counts, quarter)
    economy.stocks = after
