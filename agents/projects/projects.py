"""All projects that somebody considers, has signed or builds, and what became of others in the quarter."""

from typing import NamedTuple

import numpy as np

from agents.engine.population import Population
from agents.projects.project import (
    BUILDING,
    INSIDE,
    OFFERED,
    PRODUCING,
    SIGNED,
    STAGES,
    Project,
    ProjectParameters,
)

# What becomes of a project in a quarter: the stage that it leaves, and the stage that it enters.
MOVES = {
    "offered": (0, OFFERED),
    "refused": (OFFERED, 0),
    "signed": (OFFERED, SIGNED),
    "withdrawn": (SIGNED, 0),
    "started": (SIGNED, BUILDING),
    "abandoned": (BUILDING, 0),
    "produced": (BUILDING, PRODUCING),
    "moved": (BUILDING, 0),  # a firm of the province stands elsewhere now
    "over": (PRODUCING, 0),  # nothing is owed to it any more
}


class Grounds(NamedTuple):
    """What a region says of its places.

    distance: km from where projects come from [origin, place], then from every place of the province.
    origins: shares of the former. railway, zone: 1 or 0 by place.
    """

    distance: np.ndarray
    origins: np.ndarray
    railway: np.ndarray
    zone: np.ndarray


class Projects:
    """The pipeline of a province.

    table: the projects. payers: names of the programmes that have promised some money.
    moved, moved_inside: number of projects of the quarter by what became of them; those of firms that are
        here are among them, and apart. yuan: of projects from outside alike: announced, or built once begun.
    elsewhere: candidates of the quarter that chose another province.
    tipped, tipped_by_lever: projects offered that had gone elsewhere if nobody, or no programme, paid.
    drawn_within: offered in another prefecture than without any incentive.
    closing_elsewhere: firms that came and closed a plant outside.
    works, brought, aided, cash: of the quarter, what was built, what owners and programmes paid of it, and
        what money firms brought [yuan].
    """

    def __init__(self, parameters: ProjectParameters, grounds: Grounds) -> None:
        self.parameters = parameters
        self.grounds = grounds
        self.table = Population(Project, capacity_per_segment=256)
        self.payers: list[str] = []
        self.open_quarter()

    def open_quarter(self) -> None:
        """Counts begin anew."""
        self.before = self.by_stage()
        self.standing_before = self.standing()
        self.moved, self.moved_inside = dict.fromkeys(MOVES, 0), dict.fromkeys(MOVES, 0)
        self.yuan = dict.fromkeys(MOVES, 0)
        self.elsewhere = self.tipped = self.tipped_by_lever = self.drawn_within = 0
        self.closing_elsewhere = 0
        self.works = self.brought = self.cash = self.aided = 0

    @property
    def span(self) -> slice:
        """Rows of the table in which projects stand."""
        return slice(int(self.table.start[0]), int(self.table.stop[0]))

    def note(self, what: str, rows: np.ndarray) -> None:
        """Projects in `rows` of the table end a stage, or begin the first."""
        if not len(rows):
            return
        table, outside = self.table, rows[self.table.origin[rows] >= 0]
        self.moved[what] += len(rows)
        self.moved_inside[what] += len(rows) - len(outside)
        amounts = table.built if MOVES[what][0] == BUILDING else table.planned
        self.yuan[what] += int(amounts[outside].sum())

    def by_stage(self) -> list[int]:
        """Projects in each stage."""
        return np.bincount(self.table.stage[self.span], minlength=len(STAGES)).tolist()

    def standing(self) -> int:
        """What is built of plants that are not finished [yuan]."""
        table, span = self.table, self.span
        building = (table.stage[span] == BUILDING) & (table.origin[span] != INSIDE)
        return int(table.built[span][building].sum())

    def expected(self) -> list[int]:
        """Projects that there should be in each stage: those of before, plus came, less went."""
        counts = list(self.before)
        for what, (left, entered) in MOVES.items():
            counts[left] -= self.moved[what] if left else 0
            counts[entered] += self.moved[what] if entered else 0
        return counts

    def number_of(self, programme: str) -> int:
        """The place of a programme among the payers, where it is put if it has promised nothing yet."""
        if programme not in self.payers:
            self.payers.append(programme)
        return self.payers.index(programme)

    def promised_by(self, programme: str) -> int:
        """What a programme has promised to projects and not paid yet [yuan]."""
        table, span, number = self.table, self.span, self.number_of(programme)
        left = (table.aid[:, span] - table.aid_paid[:, span]) * (table.payer[:, span] == number)
        return int(left.sum())
