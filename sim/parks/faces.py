"""The parks of each prefecture as an agent of a Mesa model, without state of its own."""

import mesa

from agents.economy import Economy
from agents.parks.parks import Parks
from scenarios.region.region import Region


class ParksOfPrefecture(mesa.Agent):
    """All parks of one prefecture."""

    def __init__(self, model: mesa.Model, parks: Parks, prefecture: int, name: str) -> None:
        super().__init__(model)
        self.parks, self.prefecture, self.name = parks, prefecture, name

    @property
    def serviced(self) -> int:
        """Serviced land [m2]."""
        return int(self.parks.land.serviced[self.prefecture])

    @property
    def free(self) -> int:
        """Serviced land that nobody uses [m2]."""
        return int(self.parks.land.free[self.prefecture])


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows the parks to Mesa, prefecture by prefecture."""
    parks = economy.of(Parks)
    for prefecture, name in enumerate(region.prefectures.names):
        ParksOfPrefecture(model, parks, prefecture, name)
