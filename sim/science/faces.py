"""Universities, institutes and regional centres as agents of a Mesa model, without state of their own."""

from collections.abc import Iterable

import mesa

from agents.economy import Economy
from agents.science.inventions import Inventions
from agents.science.new_institutes import NewInstitutes
from agents.science.technology_market import TechnologyMarket
from agents.science.universities import KINDS, Universities
from scenarios.region.region import Region


class Institution(mesa.Agent):
    """One university or research institute."""

    def __init__(
        self,
        model: mesa.Model,
        universities: Universities,
        inventions: Inventions,
        market: TechnologyMarket,
        number: int,
    ) -> None:
        super().__init__(model)
        self.universities, self.inventions, self.market = universities, inventions, market
        self.number = number
        self.name = universities.names[number]
        self.kind = KINDS[universities.kind[number]]

    @property
    def prefecture(self) -> int:
        """Index of the prefecture."""
        return int(self.universities.prefecture[self.number])

    @property
    def research(self) -> int:
        """Research performed this quarter [yuan]."""
        return int(self.universities.research[self.number])

    @property
    def patents(self) -> int:
        """Inventions in force."""
        return int(self.universities.valid[self.number])

    @property
    def knowledge(self) -> float:
        """Knowledge stock [yuan at prices of 2016Q1]."""
        return float(self.universities.knowledge[self.number])

    @property
    def inventions_on_offer(self) -> int:
        """Inventions that nobody has taken yet."""
        return int((self.inventions.owner == self.number).sum())

    @property
    def licence_income(self) -> int:
        """Licence income of the quarter, the inventors' share included [yuan]."""
        return int(self.market.licence_income[self.number])


class RegionalCentre(mesa.Agent):
    """The technology market of one region group of prefectures."""

    def __init__(self, model: mesa.Model, market: TechnologyMarket, number: int, name: str) -> None:
        super().__init__(model)
        self.market = market
        self.number = number
        self.name = name

    @property
    def prefectures(self) -> list[int]:
        """Indices of its prefectures."""
        return [place for place, group in enumerate(self.market.group.tolist()) if group == self.number]

    @property
    def licences(self) -> int:
        """Licences of the quarter to firms of the region."""
        return int(self.market.deals[self.number])


def institution_agents(
    model: mesa.Model, universities: Universities, inventions: Inventions, market: TechnologyMarket
) -> list[Institution]:
    """Every university and institute, in their order."""
    numbers = range(len(universities))
    return [Institution(model, universities, inventions, market, number) for number in numbers]


def newcomers(model: mesa.Model, economy: Economy) -> None:
    """Shows the institutes that were founded in the quarter."""
    new = economy.of(NewInstitutes).founded
    for number in range(len(economy.universities) - new, len(economy.universities)):
        Institution(model, economy.universities, economy.inventions, economy.technology, number)


def centre_agents(model: mesa.Model, market: TechnologyMarket, groups: Iterable[str]) -> list[RegionalCentre]:
    """The regional centres, named after their groups of prefectures, in their order."""
    return [RegionalCentre(model, market, number, name) for number, name in enumerate(groups)]


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows all institutions and the centre of each group of prefectures to Mesa."""
    institution_agents(model, economy.universities, economy.inventions, economy.technology)
    centre_agents(model, economy.technology, region.prefectures.groups)
