"""Skilled people: who is there, came and left, and how scarce they are."""

import numpy as np

from agents.economy import Economy
from agents.firms import totals as column
from agents.numbers.sums import sum_in_order
from agents.people.amenities import Amenities
from agents.people.education import Education
from scenarios.region.region import Region
from sim.indicator import CellIndicator, F, Group, Indicator, R, S, Single, one_by_one
from sim.setting import Setting


def demand(economy: Economy, setting: Setting) -> list[float]:
    """Research staff; skilled wanted over the usual supply; pay premium of those wanted; yield; unlearned.

    Wanted are skilled workers by firms with research, in the province as a whole. Yield: of research over
    that with the talent of the start, mean over research staff. Unlearned: share of skilled work done by
    people who have not learned it.
    """
    market = economy.talent
    wanted, staff = sum_in_order(market.wanted), sum_in_order(market.researchers)
    usual = float(market.skilled.persons.sum()) / (1.0 + market.parameters.reserve)
    paid = sum_in_order(market.wanted * (market.pay - 1.0))
    yields = sum_in_order(market.researchers * market.local.talent)
    unlearned = np.maximum(market.employed - market.skilled.persons, 0.0)
    return [
        staff,
        (wanted + 1.0) / (usual + 1.0),
        paid / max(wanted, 1.0),
        yields / staff if staff > 0.0 else 1.0,
        sum_in_order(unlearned) / max(sum_in_order(market.employed), 1.0),
    ]


def people(moves: np.ndarray) -> float:
    """Persons over all cells."""
    return float(sum(moves.tolist()))  # of a hundred whole numbers faster than numpy's


PEOPLE = {
    "skilled_workers": Single(
        "persons", S, "skilled workers", "技能人才", lambda e, s: people(e.talent.skilled.persons)
    ),
    "talent": Single(
        "persons", S, "high-end talent", "高端人才", lambda e, s: people(e.talent.talent.persons)
    ),
    "talent_arrived": Single(
        "persons", F, "talent from outside", "引进高端人才", lambda e, s: people(e.talent.talent.arrived)
    ),
    "talent_granted": Single(
        "persons", F, "newcomers with an award", "获资助引进人才", lambda e, s: float(e.talent.granted)
    ),
    "talent_left": Single(
        "persons", F, "talent lost", "流失高端人才", lambda e, s: people(e.talent.talent.left)
    ),
    "graduates_staying": Single(
        "persons",
        F,
        "graduates who begin in technology firms",
        "留湘进入科技企业的毕业生",
        lambda e, s: people(e.talent.skilled.graduated) + people(e.talent.talent.graduated),
    ),
}

LEARNING = {
    "study_places": Single(
        "persons", S, "students in places that a lever keeps", "专项支持的在校学生",
        lambda e, s: float(e.of(Education).students),
    ),
    "study_graduates": Single(
        "persons", F, "graduates of these places who look for skilled work and would not have",
        "专项新增的技术类毕业生", lambda e, s: e.of(Education).graduated,
    ),
    "trainees": Single(
        "persons", S, "people in vocational training that a lever pays", "专项支持的职业培训学员",
        lambda e, s: float(e.of(Education).trainees),
    ),
    "trained": Single(
        "persons", F, "people whom this training has made skilled", "专项培训新增技能人才",
        lambda e, s: e.of(Education).trained,
    ),
    "technician_top_up": Single(
        "share", R, "top-up of the pay of the skilled for technicians", "技师津贴占技能人才工资比重",
        lambda e, s: e.of(Education).top_up,
    ),
    "amenity_places": Single(
        "places", S, "homes and other places built for skilled people", "人才安居名额",
        lambda e, s: people(e.of(Amenities).places),
    ),
    "amenity_works": Single(
        "yuan", F, "spent on amenities for skilled people", "人才安居建设支出",
        lambda e, s: people(e.of(Amenities).spent),
    ),
}  # fmt: skip

DEMAND = {
    "research_staff": Indicator("persons", S, "research staff of firms", "企业研发人员"),
    "tightness": Indicator("ratio", R, "skilled workers wanted over supply", "技能人才供需比"),
    "pay_premium": Indicator("share", R, "pay premium of the skilled", "技能人才工资溢价"),
    "talent_yield": Indicator("ratio", R, "yield of research through talent", "人才研发效率"),
    "unlearned_work": Indicator(
        "share", R, "skilled work done by people who have not learned it", "未经培训人员承担的技能岗位占比"
    ),
}

CELLS = {
    "talent": CellIndicator("persons", S, "high-end talent", "高端人才", column.TALENT),
    "skilled_workers": CellIndicator("persons", S, "skilled workers", "技能人才", column.SKILLED),
}

SERIES = {
    "people": one_by_one(PEOPLE),
    "scarcity": Group(DEMAND, demand),
    "learning": one_by_one(LEARNING),
}


def amenity_by_prefecture(economy: Economy, setting: Setting) -> list[float]:
    """Share of talent for whom a place is there, in each prefecture."""
    served: list[float] = economy.of(Amenities).talent.tolist()
    return served


def study_by_field(economy: Economy, setting: Setting) -> list[float]:
    """Students in places that a lever keeps, by the industry whose subject they study."""
    shares = economy.talent.surroundings.graduates.sum(axis=0)
    students: list[float] = (economy.of(Education).students * shares).tolist()
    return students


def series_of(region: Region) -> dict[str, Group]:
    """amenity_served_PREFECTURE and study_places_INDUSTRY."""
    places, fields = region.prefectures, region.industries
    served = {
        f"amenity_served_{name}": Indicator(
            "share", R, f"talent with a home built for it, {en}", f"{zh}人才安居覆盖率"
        )
        for name, en, zh in zip(places.names, places.label_en, places.label_zh, strict=True)
    }
    studying = {
        f"study_places_{name}": Indicator("persons", S, f"added students, {en}", f"{zh}新增在校学生")
        for name, en, zh in zip(fields.names, fields.label_en, fields.label_zh, strict=True)
    }
    return {
        "amenities by prefecture": Group(served, amenity_by_prefecture),
        "study by field": Group(studying, study_by_field),
    }
