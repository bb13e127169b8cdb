"""Education and training: places of study for emerging industries, vocational training, technicians' pay."""

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever


@dataclass(frozen=True)
class EducationAndTraining(Lever):
    enrolment: float
    training: float
    technician_pay: float
    budget: float

    def offer(self, economy: Any) -> None:
        """Offers places and pay; the budget keeps places of study first, then training, then technicians."""
        economy.offer(
            "education",
            self.name,
            enrolment=self.enrolment,
            training=self.training,
            technician_pay=self.technician_pay,
        )
