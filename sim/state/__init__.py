"""What governments do in a quarter, and what must hold of it."""

from sim.part import Part
from sim.state.begin import balances, begin, forget
from sim.state.faces import faces
from sim.state.identities import check
from sim.state.series import SERIES, series_of

STATE = Part(
    "state",
    begin,
    balances,
    forget,
    check=check,
    series=SERIES,
    series_of=series_of,
    faces=faces,
)
