"""Land of parks, works, density and organisation: for the province and by prefecture."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import EMPLOYMENT
from agents.numbers.elementary import exp_
from agents.numbers.sums import sum_in_order
from agents.parks.parks import Parks
from scenarios.region.region import Region
from sim.indicator import F, Group, Indicator, R, S
from sim.setting import Setting

LAND = {
    "park_serviced": Indicator("m2", S, "serviced land of parks", "园区已开发面积"),
    "park_free": Indicator("m2", S, "free serviced land of parks", "园区可供用地"),
    "park_by_firms": Indicator("m2", S, "park land used by technology firms", "科技企业占用园区用地"),
    "park_beyond": Indicator("m2", S, "land that firms look for in vain", "企业用地缺口"),
    "park_works": Indicator("m2", F, "park land opened by works of a lever", "专项新开发园区用地"),
    "park_spent": Indicator("yuan", F, "spent on servicing park land", "园区开发支出"),
    "density_productivity": Indicator("ratio", R, "productivity through density", "集聚带来的生产率"),
    "cluster_organisation": Indicator("index", R, "organisation of clusters", "集群组织化程度"),
    "entry_over_usual": Indicator("ratio", R, "entry with parks over usual", "园区影响下的新设企业之比"),
}


def province(economy: Economy, setting: Setting) -> list[float]:
    """The parks together; density and organisation as means over workers; entry over the usual."""
    parks, land = economy.of(Parks), economy.of(Parks).land
    workers, everybody = economy.totals.cells[:, EMPLOYMENT], max(float(economy.province[EMPLOYMENT]), 1.0)
    return [
        float(land.serviced.sum()),
        float(land.free.sum()),
        float(land.by_firms.sum()),
        float(land.beyond.sum()),
        float(land.opened_works.sum()),
        float(parks.spent.sum()),
        exp_(sum_in_order(workers * parks.gained) / everybody),
        sum_in_order(workers * parks.organised) / everybody,
        sum_in_order(parks.entry) / sum_in_order(parks.weights),
    ]


def by_prefecture(economy: Economy, setting: Setting) -> list[float]:
    """Serviced land, free share and entry over the usual of each prefecture."""
    parks, land, places = economy.of(Parks), economy.of(Parks).land, economy.geography.places
    free = land.free / np.maximum(land.serviced, 1)
    entry, usual = (by.reshape(-1, places).sum(axis=0) for by in (parks.entry, parks.weights))
    entry = np.divide(entry, usual, out=np.ones(places), where=usual > 0.0)
    return np.concatenate((land.serviced, free, entry)).reshape(3, -1).T.ravel().tolist()


def series_of(region: Region) -> dict[str, Group]:
    """park_serviced_, park_free_ and entry_over_usual_PREFECTURE."""
    about, found = region.prefectures, {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"park_serviced_{name}"] = Indicator("m2", S, f"serviced land, {en}", f"{zh}园区已开发面积")
        found[f"park_free_{name}"] = Indicator(
            "share", R, f"free share of park land, {en}", f"{zh}园区可供用地占比"
        )
        found[f"entry_over_usual_{name}"] = Indicator(
            "ratio", R, f"entry over the usual, {en}", f"{zh}新设企业与常态之比"
        )
    return {"parks by prefecture": Group(found, by_prefecture)}


SERIES = {"parks": Group(LAND, province)}
