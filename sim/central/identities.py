"""What the centre gives for projects arrives to the yuan: through the province, or with who won."""

from agents.central.investment import CentralInvestment
from agents.central.national_projects import NationalProjects
from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """I4 of central money, investment and projects."""
    check_investment(economy.of(CentralInvestment), economy.ledger, economy.governments.usual_transfers)
    check_projects(economy.of(NationalProjects), economy.ledger, economy.universities.projects_received)


def check_investment(central: CentralInvestment, ledger: Ledger, usual: int) -> None:
    """What came from the centre beyond usual transfers [yuan] is what firms and institutions got of it."""
    came = ledger.paid(Sector.CENTRAL, Sector.PROVINCE, Flow.TRANSFER) - usual
    gone = central.to_firms + central.to_institutions
    fail("I4 central investment", "province", ledger.quarter, came - gone)
    fail("I4 central investment", "firms", ledger.quarter, int(central.won.sum()) - central.to_firms)
    passed = ledger.paid(Sector.PROVINCE, Sector.FIRMS, Flow.GRANT_INVESTMENT)
    passed += ledger.paid(Sector.PROVINCE, Sector.UNIVERSITIES, Flow.PLATFORM)
    fail("I4 central investment", "receivers", ledger.quarter, passed - gone)


def check_projects(projects: NationalProjects, ledger: Ledger, usual: int) -> None:
    """Money still to come [yuan]: before, plus awarded, less paid and lapsed; who won got what was paid.

    usual: projects of institutions that they have anyway [yuan].
    """
    got = ledger.paid(Sector.CENTRAL, Sector.UNIVERSITIES, Flow.UNIVERSITY_PROJECT) - usual
    got += ledger.paid(Sector.CENTRAL, Sector.FIRMS, Flow.GRANT_RD)
    fail("I4 national projects", "who won", ledger.quarter, got - projects.paid)
    left = projects.opening + projects.awarded - projects.paid - projects.lapsed
    promised = projects.promised if projects.under_way else 0
    fail("I4 national projects", "still to come", ledger.quarter, left - promised)
