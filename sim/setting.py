"""The world and the law as a run meets them: what does not depend on what firms do."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from agents.economy import Economy, EconomyParameters
from agents.firms import FirmParameters
from agents.firms.conditions import ByIndustry
from agents.geography import Geography
from agents.numbers.elementary import log_, pow_
from agents.products.markets import Circumstances, ProductMarkets, conditions_of
from scenarios.region.bases import draw_bases
from scenarios.region.region import Region, load_region
from scenarios.spec import RunSpec
from scenarios.worlds.calendar import FIRST_YEAR, QUARTERS
from scenarios.worlds.path import WorldPath, draw_world
from scenarios.worlds.world import load_world
from sim.luck.draws import Draws, Purpose

QUARTERS_TO_2021 = 20


class WorldPurpose(Purpose):
    """What is drawn for around the economy: by market of the world, and by unknown base of 2020."""

    WORLD_MARKET = 28

    BASE_DIGITAL = 32


@dataclass(frozen=True)
class Setting:
    """Everything around the economy that is the same in every scenario of a run."""

    world: WorldPath
    parameters: EconomyParameters
    behaviour: FirmParameters
    bases: dict[str, float]  # of 2020, plain units
    digital_core: np.ndarray  # share of each industry's value added in the digital core
    scale: float
    geography: Geography

    def circumstances(self, quarter: int, active: bool, maturing: float = 0.0) -> Circumstances:
        """What all firms meet in a quarter; 0 is 2016Q1. The warm-up lives in the world of end-2015.

        maturing: share of their inventions not of high value that turns ten.
        """
        p, world, row, years = self.parameters, self.world, self.world.row(quarter), 0.25 * max(quarter, 0)
        best = p.productivity_level + p.frontier_gap
        return Circumstances(
            quarter=quarter,
            active=active,
            wage=0.25 * p.wage_2016 * float(world.wage[row]),
            material_price=float(world.material_price[row]),
            outside_price=float(world.output_price[row]),
            frontier=best + p.frontier_growth * years,
            usual_productivity=best - p.material_reference_gap + p.material_reference_growth * years,
            super_deduction=world.super_deduction[row],
            standard_tax=float(world.corporate_tax[row]),
            certified_tax=float(world.corporate_tax_certified[row]),
            value_added_tax=p.vat_coverage * inclusive(world.vat[row]),
            surcharge=p.vat_surcharge,
            log_reference_user_cost=self.log_reference_user_cost,
            log_normal_capital_output=log_(self.behaviour.production.normal_capital_output),
            patent_applications=float(world.patent_applications[row]),
            high_value_shift=float(world.high_value_shift[row]),
            maturing=maturing,
        )

    def conditions(self, markets: ProductMarkets, now: Circumstances) -> ByIndustry:
        """The conditions of each industry, given the state of its market."""
        return conditions_of(markets, now, self.geography)

    @cached_property
    def log_reference_user_cost(self) -> float:
        """User cost of research of an ordinary firm in 2016, with some cash [log of a share a year]."""
        b = self.behaviour.research
        funds = b.discount_rate + b.knowledge_depreciation + 0.3 * b.liquidity_premium
        return log_((1.0 - 0.25 * 1.5) / 0.75 * funds)

    def move_markets(self, economy: Economy) -> None:
        """National markets and rivals' attraction, from the last quarter to this one.

        What moved rivals in 2016-20 is known of these years alone: after them a part of it persists.
        """
        markets, quarter = economy.markets, economy.quarter
        now, before = (
            self.world.market[self.world.row(quarter)],
            self.world.market[self.world.row(quarter - 1)],
        )
        markets.national = markets.national * now / before
        if quarter > 0:
            persists = 1.0 if quarter < QUARTERS_TO_2021 else self.parameters.outside_growth_persistence
            markets.outside = markets.outside * (1.0 + 0.25 * persists * self.parameters.outside_growth)

    def rest_value_added(self, quarter: int) -> int:
        """Value added of the rest of the province in a quarter [yuan at the run's scale].

        Up to 2020 what the firms' central value added leaves of published GDP; then it follows the world.
        """
        share = self._share_of_rest[min(max(2016 + quarter // 4, 2015), 2020)]
        return round(float(self.world.gdp[self.world.row(quarter)]) * share * self.scale)

    @cached_property
    def _share_of_rest(self) -> dict[int, float]:
        """What the firms' central value added leaves of published GDP, by year [share]."""
        shares = {}
        for year in range(2015, 2021):
            rows = [self.world.row(4 * (year - 2016) + q) for q in range(4)]
            published = sum(float(self.world.gdp[row]) for row in rows)
            shares[year] = 1.0 - self.parameters.technology_value_added(year) / published
        return shares

    def carrier_round(self, year: int) -> float:
        """Size of the centre's rounds for carriers in a year over a usual year's."""
        return float(self.world.carrier_rounds[year - FIRST_YEAR])

    def recognition(self, quarter: int) -> float:
        """Applications for a certificate that are recognised, over those of the years to 2020."""
        return float(self.world.recognition[self.world.row(quarter)])

    def small_firm_deduction(self, quarter: int) -> np.ndarray:
        """What technology SMEs may deduct beyond other firms of their industry [share of research]."""
        row = self.world.row(quarter)
        return self.world.super_deduction_small[row] - self.world.super_deduction[row]

    def transfers_after_2020(self, quarter: int) -> float:
        """The centre's transfers to the province over those of 2020; 1 up to 2020."""
        transfers, last = self.world.central_transfers, self.world.row(QUARTERS_TO_2021 - 1)
        return float(transfers[max(self.world.row(quarter), last)]) / float(transfers[last])

    def coverage_drift(self, quarter: int) -> float:
        """Growth of published over actual emerging value added [share a year]; 0 to 2020."""
        return float(self.world.coverage_drift[self.world.row(quarter)])

    def coverage_of_research(self, quarter: int) -> float:
        """The part of that drift with which reported research of enterprises moves [share]."""
        return float(self.world.coverage_of_research[self.world.row(quarter)])

    def research_coverage(self, quarter: int) -> float:
        """Growth of reported over actual research beside that part [share a year]; 0 to 2020."""
        return float(self.world.research_coverage[self.world.row(quarter)])

    def discrepancy(self, quarter: int) -> dict[str, float]:
        """What would be observed over what the model says, by what it may miss; 1 to 2020."""
        row = self.world.row(quarter)
        return {name: float(path[row]) for name, path in self.world.discrepancy.items()}

    @property
    def institutions_growth(self) -> float:
        """Growth of institutions' own money after 2020 beyond their parameters' [share a year]."""
        return float(self.world.institutions_money[-1])

    def entry_over_usual(self, quarter: int) -> float:
        """Entry that the world lets one expect over what its growth to 2020 would bring; 1 to 2020."""
        later = quarter - QUARTERS_TO_2021 + 1
        if later <= 0:
            return 1.0
        growth = float(self.world.entry[self.world.row(quarter)])
        return pow_((1.0 + growth) / (1.0 + self.behaviour.entry.entry_growth), 0.25 * later)

    def deduction_since_2020(self, quarter: int) -> np.ndarray:
        """By what the deduction of each industry was raised since the end of 2020 [share of research]."""
        rates, last = self.world.super_deduction, self.world.row(QUARTERS_TO_2021 - 1)
        found: np.ndarray = rates[max(self.world.row(quarter), last)] - rates[last]
        return found

    def population(self, quarter: int) -> float:
        """Residents at the end of a quarter [persons at the run's scale]."""
        return float(self.world.population[self.world.row(quarter)]) * self.scale

    def price_relative_to_2020(self, quarter: int) -> float:
        """Price index of emerging industries, mean of 2020 = 1."""
        return float(self.world.output_price[self.world.row(quarter)]) / self._mean_price_of_2020

    @cached_property
    def _mean_price_of_2020(self) -> float:
        rows = [self.world.row(QUARTERS_TO_2021 - 4 + q) for q in range(4)]
        return sum(float(self.world.output_price[row]) for row in rows) / 4.0

    def digital_rest(self, quarter: int) -> float:
        """Digital core of the rest of the province [yuan/quarter at the run's scale].

        In 2020 what the run's base leaves beside the firms' central value; it grows faster than the rest.
        """
        base = self.bases["digital_core_share_2020"] * self.bases["gdp_2020"]
        in_2020 = max(0.0, base - self.parameters.digital_core_firms_2020) * self.scale
        premium = self._digital_premium[quarter]
        return in_2020 * self.rest_value_added(quarter) / self._rest_value_added_of_2020 * premium

    @cached_property
    def _digital_premium(self) -> dict[int, float]:
        growth = 1.0 + self.parameters.digital_rest_premium
        return {quarter: pow_(growth, 0.25 * (quarter - (QUARTERS_TO_2021 - 2))) for quarter in QUARTERS}

    @cached_property
    def _rest_value_added_of_2020(self) -> int:
        return sum(self.rest_value_added(QUARTERS_TO_2021 - 4 + q) for q in range(4))


def setting_of(spec: RunSpec, region: Region, draws: Draws) -> Setting:
    """The setting of a run: its world's path and its unknown bases, drawn with its luck or another run's."""
    places = places_of(spec, region, draws)
    return Setting(
        world=draw_world(load_world(spec.world, spec.region), places),
        parameters=EconomyParameters(**spec.parameters["economy"]),
        behaviour=FirmParameters.of(spec.parameters["firms"]),
        bases=draw_bases(region.bases, places),
        digital_core=region.industries.digital_core,
        scale=spec.scale,
        geography=region.geography,
    )


def drawn_places(spec: RunSpec) -> dict[str, float]:
    """Where in their distributions a run finds what its world and its unknown bases draw, by name."""
    return places_of(spec, load_region(spec.region), Draws(luck_seed(spec)))


def places_of(spec: RunSpec, region: Region, own: Draws) -> dict[str, float]:
    """As drawn_places; own: the luck of the run."""
    of_world, of_bases = draws_of(spec, spec.world_of, own), draws_of(spec, spec.bases_of, own)
    fan, unknown = load_world(spec.world, spec.region).fan, unknown_bases(region)
    found = uniforms_for(of_world, WorldPurpose.WORLD_MARKET, fan)
    return found | uniforms_for(of_bases, WorldPurpose.BASE_DIGITAL, unknown) | dict(spec.places)


def unknown_bases(region: Region) -> list[str]:
    """The bases of 2020 that nobody has published, in the order in which they are drawn."""
    return [name for name, base in region.bases.items() if not base.known]


def luck_seed(spec: RunSpec) -> int:
    """The key of all draws: the same for every scenario of one seed and replication."""
    return (spec.seed << 32) | spec.replication


def draws_of(spec: RunSpec, replication: int | None, own: Draws) -> Draws:
    """The luck of a replication of the same seed; the run's own unless one is given."""
    return own if replication is None else Draws(luck_seed(replace(spec, replication=replication)))


def uniforms_for(draws: Draws, purpose: Purpose, names) -> dict[str, float]:
    """One uniform in (0, 1) per name, by its place."""
    drawn = draws.uniforms(purpose, np.arange(len(names)), 0)
    return dict(zip(names, drawn.tolist(), strict=True))


def inclusive(rate: np.ndarray) -> np.ndarray:
    """A tax on the price without tax as a share of the price with it."""
    return rate / (1.0 + rate)
