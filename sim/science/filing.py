"""Support of filing by value: the platform is paid for, and firms and institutions file accordingly."""

from dataclasses import replace

from agents.economy import Economy
from agents.money.families import IP_QUALITY
from agents.science.filing import Filing, filings_kept, value_factor
from sim.moment import Moment
from sim.science.transfer import pay_for_platform


def turn_filing(economy: Economy, now: Moment) -> None:
    """The index works as far as its platform is paid for; what all meet alike in the quarter follows it."""
    filing, wanted = economy.of(Filing), economy.offers.of(IP_QUALITY).quality
    if filing.idle and wanted <= 0.0:
        return
    filing.idle, p = False, filing.parameters
    needed, paid = pay_for_platform(
        economy, IP_QUALITY, round(p.platform_cost * wanted * economy.scale), now.of_year
    )
    filing.move(now.quarter, wanted * (paid / needed) if needed > 0 else 0.0)
    around = now.circumstances
    now.circumstances = replace(
        around,
        patent_applications=around.patent_applications * filings_kept(filing.now, p),
        high_value_factor=value_factor(filing.at_grant, p),
    )
