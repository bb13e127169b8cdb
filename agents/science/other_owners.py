"""Persons, agencies and other bodies that hold inventions: counted, without behaviour.

How many they hold is given to the end of 2020; then it grows evenly.
"""

from dataclasses import dataclass

from agents.numbers.elementary import pow_

YEARS = range(2015, 2021)


@dataclass(frozen=True)
class PatentParameters:
    """Values, units, ranges and sources: configs/parameters/patents.yaml."""

    filing_growth: float
    other_owners_growth: float
    other_owners_2015: float
    other_owners_2016: float
    other_owners_2017: float
    other_owners_2018: float
    other_owners_2019: float
    other_owners_2020: float

    def held_by_others(self, quarter: int) -> float:
        """Inventions in force of other owners at the end of a quarter; 0 is 2016Q1.

        Even growth between the ends of years, in number where a year ends with none.
        """
        year, part = 2016 + quarter // 4, 0.25 * (quarter % 4 + 1)
        last = getattr(self, f"other_owners_{YEARS[-1]}")
        if year > YEARS[-1]:
            return last * pow_(1.0 + self.other_owners_growth, 0.25 * (quarter - 4 * (YEARS[-1] - 2016) - 3))
        before, after = (getattr(self, f"other_owners_{y}") for y in (year - 1, year))
        if before <= 0.0 or after <= 0.0:
            return before + part * (after - before)
        return before * pow_(after / before, part)


class OtherOwners:
    """All other owners together, in whole inventions.

    valid, high_value: in force; before: both at the end of the last quarter. The rest is what came and went
    in the quarter; granted_plain: of the granted those expected not to be of high value.
    """

    def __init__(
        self, parameters: PatentParameters, lapse: float, rate: float, past_ten: float, scale: float
    ):
        """lapse: share/quarter. rate: of high value at grant. past_ten: share of the stock at the start."""
        self.parameters, self.lapse, self.rate, self.scale = parameters, lapse, rate, scale
        self.valid = round(parameters.other_owners_2015 * scale)
        self.high_value = round(self.valid * (1.0 - (1.0 - rate) * (1.0 - past_ten)))
        self.before = self.valid, self.high_value
        self.granted_plain = 0.0
        self.granted = self.lapsed = self.high_value_new = self.high_value_lapsed = 0

    def pass_quarter(self, quarter: int, shift: float, maturing: float, luck: float) -> None:
        """Moves to what is held at the end of a quarter; what lapses on the way is granted anew.

        shift: of the share of high value at grant. maturing: share of the rest that turns ten. luck: uniform.
        """
        held, valued = self.valid, self.high_value
        after = round(self.parameters.held_by_others(quarter) * self.scale)
        self.lapsed = max(int(self.lapse * held + luck), held - after)
        self.granted = after - held + self.lapsed
        rate = min(1.0, max(0.0, self.rate + shift))
        self.granted_plain = (1.0 - rate) * self.granted
        share = self.lapsed / held if held else 0.0
        self.high_value_lapsed = max(int(share * valued + luck), valued - after)
        left = valued - self.high_value_lapsed
        self.high_value_new = min(int(rate * self.granted + maturing * (held - valued) + luck), after - left)
        self.valid, self.high_value = after, left + self.high_value_new
