"""Identities of projects: each in one stage, every yuan invested in a plant, every promise kept back."""

from agents.economy import Economy
from agents.money.account_book import Sums
from agents.money.flows import Flow, Sector
from agents.projects.project import STAGES
from agents.projects.projects import Projects
from sim.books.identity import fail


def check(economy: Economy, sums: Sums) -> None:
    """I8 of projects by stage, and what was invested, brought and paid in them."""
    projects, quarter = economy.of(Projects), economy.quarter
    check_stages(projects, quarter)
    check_works(projects, quarter)
    check_money(economy, projects, quarter)
    for name in projects.payers:
        programme = economy.governments.programmes[name]
        fail("I4 held back", name, quarter, programme.committed - projects.promised_by(name))
        left = programme.carried_in + programme.appropriated - programme.disbursed
        short = min(0, left - programme.committed)
        fail("I4 promised beyond the budget", name, quarter, short)


def check_stages(projects: Projects, quarter: int) -> None:
    """I8: projects of each stage are those of before, plus came, less went; firms come by a finished one."""
    for name, found, wanted in zip(STAGES, projects.by_stage(), projects.expected(), strict=True):
        fail("I8 projects", name or "in no stage", quarter, wanted - found)


def check_works(projects: Projects, quarter: int) -> None:
    """I8: what was built stands in plants that are not finished, has become a firm's, or is given up."""
    gone = projects.yuan["produced"] + projects.yuan["abandoned"]
    gap = projects.standing_before + projects.works - gone - projects.standing()
    fail("I8 investment", "projects", quarter, gap)


def check_money(economy: Economy, projects: Projects, quarter: int) -> None:
    """I2 and I4: owners, prefectures and programmes have paid what projects were built for."""
    ledger, counts = economy.ledger, economy.counts
    brought = ledger.paid(Sector.OUTSIDE, Sector.FIRMS, Flow.INWARD_INVESTMENT)
    fail("I2 capital brought", "outside", quarter, brought - projects.brought - projects.cash)
    paid = ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT)
    fail("I4 incentives", "prefectures", quarter, paid - int(economy.prefectures.incentives_paid.sum()))
    of_programmes = sum(economy.governments.programmes[name].disbursed_now for name in projects.payers)
    fail("I4 aid", "projects", quarter, of_programmes - projects.aided)
    came = projects.moved["produced"] - projects.moved_inside["produced"]
    fail("I8 firms from outside", "projects", quarter, came - counts.relocated)
