"""Education and training: places to study for emerging industries, vocational training, pay of technicians.

Who begins to study in the autumn of a year graduates in the summer three or four years later, who begins
vocational training has learned it a year later. What stands here is what a lever adds to the graduates that
are given; nobody is here without one.
"""

from typing import NamedTuple

from agents.engine.records import kept
from agents.engine.rules import rule

SUMMERS = {"diploma": 3, "degree": 4}  # school years to the summer of graduation, by kind of place
QUARTERS_TO_SUMMER = 1  # a year begins to count in the fourth quarter, and ends with the third
TRAINED_AFTER = 4  # quarters


@kept
class EducationParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/education.yaml and the region's."""

    seat_cost: float
    diploma_share: float
    completion: float
    field_gain: float
    training_cost: float
    training_success: float
    training_additional: float
    technicians: float


@rule
def technician_top_up(paid, technicians, net_pay, p):
    """Top-up of skilled workers as a share of their net pay, in the mean, since technicians alone get it.

    paid: yuan/year for each technician, as far as it was paid. net_pay: of a skilled worker [yuan/year].
    """
    return p.technicians * paid / max(net_pay, 1.0) if technicians > 0 else 0.0


class Wanted(NamedTuple):
    """What the year's budget is asked for, in the order in which it is spent [yuan]."""

    study: int
    training: int
    pay: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.study + self.training + self.pay


def paid_in_order(wanted: Wanted, money: int) -> Wanted:
    """What is paid where the money [yuan] may not suffice: all of the first, then of the next."""
    study = min(wanted.study, money)
    training = min(wanted.training, money - study)
    return Wanted(study, training, min(wanted.pay, money - study - training))


class Education:
    """Students and trainees whom a lever keeps, in whole persons, and what was paid for them.

    studying: persons by the quarter in which they graduate. learning: by that in which they have learned.
    began, left: of both kinds in the quarter. finished: students who graduated and trainees who learned.
    graduated: of the summer, who look for skilled work beside those who would have. trained: people made
    skilled in the quarter. paid: of the quarter [yuan]. top_up: of skilled workers' pay [share], for what
    technicians were paid.
    """

    def __init__(self, parameters: EducationParameters, scale: float) -> None:
        self.parameters, self.scale = parameters, scale
        self.studying: dict[int, int] = {}
        self.learning: dict[int, int] = {}
        self.top_up = 0.0
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets who began, left and finished."""
        self.before = self.persons
        self.began = self.left = self.finished = self.paid = 0
        self.graduated = self.trained = 0.0

    @property
    def students(self) -> int:
        """Who studies in a place that the lever keeps."""
        return sum(self.studying.values())

    @property
    def trainees(self) -> int:
        """Who is in vocational training that the lever pays."""
        return sum(self.learning.values())

    @property
    def persons(self) -> int:
        """Students and trainees."""
        return self.students + self.trainees

    # --- the summer --------------------------------------------------------------------------------------

    def finish_study(self, quarter: int) -> float:
        """Students of this summer leave; returns how many look for skilled work and would not have."""
        done = self.studying.pop(quarter, 0)
        self.finished += done
        self.graduated = self.parameters.completion * self.parameters.field_gain * done
        return self.graduated

    def finish_training(self, quarter: int) -> float:
        """Trainees of a year ago have learned; returns how many are skilled and would not have been."""
        done = self.learning.pop(quarter, 0)
        self.finished += done
        self.trained = self.parameters.training_success * self.parameters.training_additional * done
        return self.trained

    # --- the autumn --------------------------------------------------------------------------------------

    def enrol(self, share: float, first_students: float, budget: int, quarter: int) -> None:
        """New students, so many as the lever wants and the year's budget keeps beside those who study.

        share: of the `first_students` of the year [persons]. budget: of the year [yuan].
        """
        room = max(0, int(budget // self._cost(self.parameters.seat_cost)) - self.students)
        new = min(round(share * first_students), room)
        diplomas = round(self.parameters.diploma_share * new)
        for years, number in zip(SUMMERS.values(), (diplomas, new - diplomas), strict=True):
            self._add(self.studying, quarter + 4 * years - QUARTERS_TO_SUMMER, number)

    def begin_training(self, wanted: float, budget: int, quarter: int) -> None:
        """New trainees: those wanted a year [persons], as far as the budget goes beside places of study."""
        left = max(0, budget - self.study_cost)
        new = min(round(wanted * self.scale), int(left // self._cost(self.parameters.training_cost)))
        self._add(self.learning, quarter + TRAINED_AFTER, new)

    def _add(self, waiting: dict[int, int], due: int, number: int) -> None:
        if number:
            waiting[due] = waiting.get(due, 0) + number
            self.began += number

    def _cost(self, each: float) -> int:
        return max(1, round(each))

    @property
    def study_cost(self) -> int:
        """What a school year of those who study costs [yuan]."""
        return self.students * self._cost(self.parameters.seat_cost)

    @property
    def training_bill(self) -> int:
        """What the training of those who learn costs [yuan]."""
        return self.trainees * self._cost(self.parameters.training_cost)

    def keep_paid(self, study: int, training: int) -> None:
        """Keeps as many as these sums [yuan] pay for; the last to begin leave first."""
        seat, place = self._cost(self.parameters.seat_cost), self._cost(self.parameters.training_cost)
        self.left += _keep(self.studying, study // seat) + _keep(self.learning, training // place)


def _keep(waiting: dict[int, int], number: int) -> int:
    """Keeps so many of those who wait, the earliest due first; returns how many leave."""
    gone = 0
    for due in sorted(waiting):
        stay = min(waiting[due], number)
        gone += waiting[due] - stay
        number -= stay
        waiting[due] = stay
    for due in [due for due, persons in waiting.items() if not persons]:
        del waiting[due]
    return gone
