"""What becomes of inventions in a quarter: firms are founded on them, licences sold, new ones disclosed.

Licences are signed after production, so that no money of a programme moves value added in its quarter.
"""

import numpy as np

from agents.economy import Economy
from agents.money.families import INVENTOR_SHARE, TECHNOLOGY_TRANSFER, Family
from agents.money.flows import Flow, Sector
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, part_of, parts_of
from agents.science.brokers import Brokers
from agents.science.contract_register import sums_of_groups
from agents.science.inventions import DisclosureLuck, Luck, choose_founders, contract_share, effective_share
from agents.science.licences import Deals, count_deals, use_licences
from agents.science.technology_search import Offers
from agents.science.universities import KINDS
from sim.luck.draws import Draws, Purpose
from sim.moment import Moment, SpinOffs
from sim.science.luck import SciencePurpose
from sim.state.claims import pay_firms

UNIVERSITY = KINDS.index("university")
SEAT = np.zeros(1, np.int64)  # the platform stands in the province's capital, the first prefecture


def luck_for(draws: Draws, purpose: Purpose, quarter: int) -> Luck:
    """Luck of a quarter by id. Ids of firms, institutions and inventions are kept apart by their size."""
    return lambda ids: draws.uniforms(purpose, ids, quarter)


def inventor_share(economy: Economy) -> float:
    """Share of licence income that goes to inventors this quarter."""
    least = economy.inventions.parameters.least_inventor_share
    return float(effective_share(economy.offers.of(INVENTOR_SHARE).share, least))


# --- the beginning of the quarter ------------------------------------------------------------------------


def open_market(economy: Economy, now: Moment) -> None:
    """Counts begin anew; the province pays for the platform, which works as far as it is paid for."""
    economy.inventions.open_quarter()
    economy.technology.open_quarter()
    technology, wanted = economy.technology, economy.offers.of(TECHNOLOGY_TRANSFER).platform
    cost = round(technology.parameters.platform_cost * wanted * economy.scale)
    needed, paid = pay_for_platform(economy, TECHNOLOGY_TRANSFER, cost, now.of_year)
    technology.platform = wanted * (paid / needed) if needed > 0 else 0.0


def pay_for_platform(economy: Economy, family: Family, yearly: int, of_year: int) -> tuple[int, int]:
    """The quarter's part of a yearly cost, of a platform or staff, and what programmes pay of it [yuan]."""
    needed, paid = 0, 0
    payee = np.array([economy.ledger.accounts.rest])
    for programme, part in economy.offers.divide(family, np.array([yearly])):
        due = part_of_quarter(programme, int(part[0]), of_year)
        programme.claim(due)
        needed += due
        paid += int(programme.support(economy.ledger, payee, np.array([due]), SEAT)[0])
    return needed, paid


def part_of_quarter(programme: Programme, yearly: int, quarter_of_year: int) -> int:
    """The part of a year's cost [yuan] that falls due with the quarter's release of the budget."""
    due = part_of(yearly, programme.release_by_quarter[quarter_of_year])
    before = programme.release_by_quarter[quarter_of_year - 1] if quarter_of_year else 0
    return due - part_of(yearly, before)


def leave_to_found(economy: Economy, now: Moment) -> None:
    """Inventors found firms, in the prefecture of their institution and the industry of the invention."""
    inventions, share, room = economy.inventions, inventor_share(economy), len(economy.inventions) + 1
    luck = luck_for(now.draws, SciencePurpose.SPIN_OFF, now.quarter)(inventions.id)
    places, lift = np.empty(room, dtype=np.int64), np.empty(room)
    founded = choose_founders(inventions.quality, share, inventions.parameters, luck, places, lift)
    places = places[:founded]
    prefecture = economy.universities.prefecture[inventions.owner[places]]
    cell = inventions.field[places] * economy.geography.places + prefecture
    inventions.take_out(spun_off=places)
    now.spin_offs = SpinOffs(cell, lift[:founded])


# --- after production ------------------------------------------------------------------------------------


def trade_technology(economy: Economy, now: Moment) -> None:
    """Offers meet seekers, who bargain, pay and use licences."""
    market, offers, price = economy.technology, offers_of(economy), now.circumstances.material_price
    luck = luck_for(now.draws, SciencePurpose.TECHNOLOGY_MATCH, now.quarter)
    meeting = market.meeting(economy.offers.of(TECHNOLOGY_TRANSFER), price)
    seekers = market.seekers(economy.firms, economy.behaviour, now.quarter, price, luck)
    economy.of(Brokers).bring_together(meeting.rate, market.seekers_of_groups(seekers))
    partner = market.pair(offers, seekers, meeting, luck(economy.inventions.id))
    deals = market.bargain(offers, seekers, partner, economy.firms, meeting)
    use(economy, deals, price)
    now.licensed = deals.row, deals.gain
    share_income(economy)
    subsidise(economy, deals)
    take_off_the_shelf(economy, deals)


def offers_of(economy: Economy) -> Offers:
    """What is on offer, and where."""
    inventions = economy.inventions
    prefecture = economy.universities.prefecture[inventions.owner]
    return Offers(inventions.field, inventions.quality, prefecture)


def use(economy: Economy, deals: Deals, price: float) -> None:
    """Buyers pay institutions, and make of the licence what they can absorb."""
    firms, market, ledger = economy.firms, economy.technology, economy.ledger
    use_licences(
        firms.arrays(),
        deals.row,
        deals.price,
        deals.gain,
        economy.behaviour,
        market.parameters,
        price,
    )
    owner, first = economy.inventions.owner, ledger.accounts.first_university
    prefecture, incomes = firms.prefecture, (market.income, market.income_outside)
    count_deals(deals, owner, prefecture, market.group, market.deals, *incomes)
    market.deals_outside = len(deals.place_outside)
    ledger.post_each(ledger.accounts.firms, first + owner[deals.place], deals.price, Flow.LICENCE)
    payees = first + owner[deals.place_outside]
    ledger.post_each(ledger.accounts.outside, payees, deals.price_outside, Flow.LICENCE)


def share_income(economy: Economy) -> None:
    """Institutions pass on the inventors' share; the rest stays with them and is spent on research."""
    market, ledger = economy.technology, economy.ledger
    share = round(inventor_share(economy) * MILLION)
    market.of_inventors = parts_of(market.licence_income, share)
    homes = ledger.accounts.households.start + economy.universities.prefecture
    ledger.post_each(ledger.accounts.universities, homes, market.of_inventors, Flow.INVENTOR_SHARE)


def subsidise(economy: Economy, deals: Deals) -> None:
    """Buyers get back a share of the price, all the same part of it if the programme is short."""
    rate = round(economy.offers.of(TECHNOLOGY_TRANSFER).deal_subsidy * MILLION)
    wanted = parts_of(deals.price, rate)
    if not wanted.any():
        return
    paid = pay_firms(economy, TECHNOLOGY_TRANSFER, deals.row, wanted, "deal_subsidy")
    economy.technology.subsidy_paid = float(paid.sum()) / float(wanted.sum())


def take_off_the_shelf(economy: Economy, deals: Deals) -> None:
    """What was licensed is no longer on offer."""
    economy.inventions.take_out(licensed=deals.place, licensed_outside=deals.place_outside)


# --- after institutions' research ------------------------------------------------------------------------


def register_contracts(economy: Economy, now: Moment) -> None:
    """What sellers register of the quarter's contracts and licences, by region group [yuan]."""
    market, year = economy.technology, now.year
    contracts, sold = sold_by_universities(economy)
    paid = sums_of_groups(economy.totals.flows[Flow.RESEARCH_CONTRACTS], market.group, len(market.deals))
    elsewhere = paid * (1.0 - contracts / max(sum(paid.tolist()), 1.0))
    places = market.group[economy.universities.prefecture]
    of_universities = sums_of_groups(sold, places, len(market.deals))
    market.registered_universities = economy.registration.of_universities(of_universities, year)
    market.registered = economy.registration.of_firms(elsewhere, year) + market.registered_universities


def sold_by_universities(economy: Economy) -> tuple[int, np.ndarray]:
    """Contract research of all universities, and what each sold with its licences [yuan]."""
    ledger, universities = economy.ledger, economy.universities
    contracts = ledger.paid(Sector.FIRMS, Sector.UNIVERSITIES, Flow.RESEARCH_CONTRACTS)
    contracts -= ledger.sharing.by_name  # with institutes, which register as other sellers do
    shares, divided = ledger.sharing.contract_shares, np.zeros(len(universities), dtype=np.int64)
    if shares:
        divided[: universities.core] = shares.split(contracts)
    licensed = np.where(universities.kind == UNIVERSITY, economy.technology.licence_income, 0)
    return contracts, divided + licensed


def disclose(economy: Economy, now: Moment) -> None:
    """Institutions disclose what the quarter's research brought; firms' regard for it moves contracts."""
    inventions, ledger, luck = economy.inventions, economy.ledger, disclosure_luck(now.draws, now.quarter)
    price, share = now.circumstances.material_price, inventor_share(economy)
    inventions.disclose(economy.universities, price, share, now.quarter, luck)
    usual = economy.universities.parameters.contracts_to_universities
    share = contract_share(usual, inventions.reputation, inventions.parameters)
    ledger.sharing = ledger.sharing._replace(to_institutions=round(share * MILLION))


def disclosure_luck(draws: Draws, quarter: int) -> DisclosureLuck:
    """Luck of institutions and of their inventions."""
    number = luck_for(draws, SciencePurpose.DISCLOSURE_COUNT, quarter)
    return DisclosureLuck(
        number=number,
        field=number,  # of inventions, whose ids are larger
        quality=luck_for(draws, SciencePurpose.DISCLOSURE_QUALITY, quarter),
    )
