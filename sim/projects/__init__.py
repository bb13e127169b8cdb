"""Projects that come from outside or move: offered, signed, built, producing, or dropped on the way."""

from agents.economy import Economy
from agents.projects.projects import Projects
from sim.part import Part
from sim.projects.begin import begin
from sim.projects.faces import faces
from sim.projects.identities import check
from sim.projects.series import SERIES, series_of


def forget(economy: Economy) -> None:
    """Counts of the quarter begin anew."""
    economy.of(Projects).open_quarter()
    economy.prefectures.incentives_paid[:] = 0


PROJECTS = Part(
    "projects",
    begin,
    forget=forget,
    check=check,
    series=SERIES,
    series_of=series_of,
    faces=faces,
)
