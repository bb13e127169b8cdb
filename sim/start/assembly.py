"""All actors and accounts of a run before its first quarter, with their parameters and regional data."""

from agents.economy import Economy
from agents.engine.population import Population
from agents.money.chart import Accounts
from agents.science.new_institutes import ROOM
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from scenarios.worlds.calendar import FIRST_QUARTER
from sim.part import Start
from sim.quarter import PARTS
from sim.setting import Setting


def assemble(spec: RunSpec, region: Region, setting: Setting, firms: Population) -> Economy:
    """Everything around the firms, part by part."""
    institutions = len(region.institutions.names) + ROOM  # accounts of those that may be founded stay empty
    accounts = Accounts(region.geography.places, institutions, len(region.funds.names))
    made = PARTS.begin(Start(spec, region, setting, firms, accounts, {}))
    return Economy(
        geography=region.geography,
        **{name: one for name, one in made.items() if isinstance(name, str)},
        others={kind: one for kind, one in made.items() if isinstance(kind, type)},
        parameters=setting.parameters,
        scale=spec.scale,
        quarter=FIRST_QUARTER,
    )
