"""Follows one member through a run, quarter by quarter: what it decided, and the payments it took part in.

    outcome, quarters = traced(spec, "firm:42")

A trace looks and touches nothing: the run is the same to the last bit. A firm is named by its `id`, the
number in `<Firm 42>`, by which it draws its luck: the same firm has it in every scenario of a replication.
"""

from collections.abc import Callable
from typing import Any

from scenarios.spec import RunSpec
from scenarios.values.errors import InputError, quoted
from sim.model import IndustrialPolicyModel
from sim.run import RunOutcome, finish
from sim.trace.firm import FirmTrace
from sim.trace.member import ParksTrace, ProgrammeTrace, TracedQuarter, UniversityTrace
from sim.trace.project import ProjectTrace

KINDS: dict[str, Any] = {
    "firm": FirmTrace,
    "university": UniversityTrace,
    "programme": ProgrammeTrace,
    "parks": ParksTrace,
    "project": ProjectTrace,
}


def traced(
    spec: RunSpec, subject: str, built: Callable[[RunSpec], IndustrialPolicyModel] = IndustrialPolicyModel
) -> tuple[RunOutcome, list[TracedQuarter]]:
    """The run with its outcome, and the quarters of the member that `subject` names.

    subject: firm:ID, university:NUMBER or :NAME, programme:NAME, parks:PLACE, project:ID.

    Raises:
        InputError: no such kind, or no such member in this run.
        AccountingError: as in any run.
    """
    kind, colon, name = subject.partition(":")
    if kind not in KINDS or not colon or not name:
        expected = "firm:ID, university:ID, programme:NAME, parks:PLACE or project:ID"
        raise InputError(f"cannot trace {quoted(subject)}; expected {expected}")
    model = built(spec)
    trace = KINDS[kind](model, name)
    while model.economy.quarter < model.quarters:
        model.step()
        trace.close_quarter()
    if not trace.quarters:
        raise InputError(f"this run has no {kind} {trace.name}")
    return finish(model, 0.0), trace.quarters
