"""January: firms look for places; in the first one also the projects of the years before, still under way."""

from dataclasses import replace

from agents.economy import Economy
from agents.projects.projects import Projects
from sim.moment import Moment
from sim.projects.offers import choose, from_outside, no_aid, offer_projects, take_in
from sim.projects.steps import end_stages, pay_works
from sim.projects.terms import appeal

YEARS_BEFORE = 4  # in which projects were offered that may not be finished in 2016


def call_projects(economy: Economy, now: Moment) -> None:
    """Firms choose a place by what it offers, as far as the money of programmes goes, or go elsewhere."""
    if now.quarter == 0:
        fill(economy, now)
    offer_projects(economy, now)


def fill(economy: Economy, now: Moment) -> None:
    """The pipeline of end-2015: offers of four years, by the same rules and luck, as places are now.

    Nothing of it is posted, and no programme promises anything before its first budget. Firms of the province
    that moved then are not told apart.
    """
    projects, staying = economy.of(Projects), economy.relocation.staying_away
    worth, aid = appeal(economy, now.last_cells), no_aid(economy)
    for quarter in range(-4 * YEARS_BEFORE, 0):
        then = replace(now, quarter=quarter)
        if quarter % 4 == 0:
            looking = from_outside(economy, now.draws, quarter)
            choices = choose(economy, worth, (looking.candidates, aid), staying)
            take_in(economy, now.draws, quarter, (looking, aid), choices)
        end_stages(economy, then)
        pay_works(economy, then)
    projects.open_quarter()
