"""No project has been won when 2016 begins, beyond those whose money the base holds."""

from typing import Any

from agents.central.investment import CentralInvestment, CentralInvestmentParameters
from agents.central.national_projects import NationalProjectParameters, NationalProjects
from agents.economy import Economy
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Nothing won yet."""
    values, region = start.spec.parameters, start.region
    investment = CentralInvestmentParameters(**values["central_investment"])
    projects = NationalProjectParameters(**values["national_projects"])
    return {
        CentralInvestment: CentralInvestment(investment, region.geography.industries),
        NationalProjects: NationalProjects(projects, len(region.institutions.names)),
    }


def forget(economy: Economy) -> None:
    """What was won begins anew."""
    economy.of(CentralInvestment).open_quarter()
    economy.of(NationalProjects).open_quarter()
