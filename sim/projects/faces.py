"""Projects as agents of a Mesa model: the members of their table."""

from agents.economy import Economy
from agents.projects.projects import Projects
from scenarios.region.region import Region
from sim.mesa.layer import PopulationModel


def faces(model: PopulationModel, economy: Economy, region: Region) -> None:
    """Shows all projects under way to Mesa."""
    model.add_population(economy.of(Projects).table)
