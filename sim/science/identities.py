"""Identities of science: research and its performers; licence money and inventions, from two sides."""

from agents.economy import Economy
from agents.firms import totals
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.science.basic_research import BasicResearch
from agents.science.inventions import Inventions
from agents.science.other_owners import OtherOwners
from agents.science.technology_market import TechnologyMarket
from sim.books.identity import fail

INSTITUTIONS_SPEND = (Flow.RESEARCH_WAGES, Flow.RESEARCH_MATERIALS, Flow.CAPITAL_EXPENDITURE)
FIRMS_SPEND = (Flow.RESEARCH_WAGES, Flow.RESEARCH_MATERIALS, Flow.RESEARCH_CONTRACTS)
TAKEN = ("licensed", "licensed_outside", "spun_off", "aged")


def check(economy: Economy, sums: Sums) -> None:
    """I9 of research, I2 and I8 of its transfer."""
    of_firms = int(economy.totals.cells[:, totals.RESEARCH].sum())
    of_institutions = int(economy.universities.research.sum())
    check_research(economy.ledger, sums, of_institutions, of_firms, int(economy.totals.equipment[0]))
    check_transfer(economy)
    check_basic(economy.of(BasicResearch), economy.quarter)
    check_other_owners(economy.of(OtherOwners), economy.quarter)


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


def check_transfer(economy: Economy) -> None:
    """I2 of licence money and I8 of inventions, licences and firms founded on inventions."""
    check_licences(economy.ledger, economy.technology, economy.quarter)
    check_inventions(economy.inventions, economy.quarter)
    market, moved = economy.technology, economy.inventions.moved
    for what, counted, taken in (
        ("licences", int(market.deals.sum()), moved["licensed"]),
        ("licences outside", market.deals_outside, moved["licensed_outside"]),
        ("firms on inventions", economy.counts.spin_offs, moved["spun_off"]),
    ):
        fail("I8 count", what, economy.quarter, counted - taken)


def check_licences(ledger: Ledger, market: TechnologyMarket, quarter: int) -> None:
    """I2: what buyers paid institutions received, and inventors got what institutions passed on."""
    for payer, income in (
        (Sector.FIRMS, market.income),
        (Sector.OUTSIDE, market.income_outside),
    ):
        paid = ledger.paid(payer, Sector.UNIVERSITIES, Flow.LICENCE)
        fail("I2 licences", payer.name.lower(), quarter, paid - int(income.sum()))
    passed_on = ledger.paid(Sector.UNIVERSITIES, Sector.HOUSEHOLDS, Flow.INVENTOR_SHARE)
    fail("I2 inventors' share", "universities", quarter, passed_on - int(market.of_inventors.sum()))


def check_inventions(inventions: Inventions, quarter: int) -> None:
    """I8: on offer are those there were, and the disclosed, less the sold, the spun off and the aged."""
    went = sum(inventions.moved[why] for why in TAKEN)
    expected = inventions.opening + inventions.moved["disclosed"] - went
    fail("I8 count", "inventions", quarter, expected - len(inventions))


def check_basic(basic: BasicResearch, quarter: int) -> None:
    """I8 of results of basic research: under way are those before, and the begun, less those that came."""
    came = basic.inventions + basic.patents + basic.lost
    left = basic.before + basic.begun - came
    fail("I8 count", "results of basic research", quarter, left - len(basic.under_way.id))


def check_other_owners(others: OtherOwners, quarter: int) -> None:
    """I8 of inventions of other owners, all and of high value; remembers them for the next quarter."""
    valid, high_value = others.before
    fail("I8 count", "patents of others", quarter, valid + others.granted - others.lapsed - others.valid)
    left = high_value + others.high_value_new - others.high_value_lapsed
    fail("I8 count", "high-value patents of others", quarter, left - others.high_value)
    others.before = others.valid, others.high_value
