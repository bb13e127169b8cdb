"""Names short enough for tiles, panels and axes, in English and Chinese, with the units drawn."""

from __future__ import annotations

import math
from typing import NamedTuple

from experiments.change import cost
from scenarios.region.region import Region


class Label(NamedTuple):
    """A name in two languages, the unit as drawn, and how many stored units one drawn unit holds."""

    en: str
    zh: str
    unit_en: str = ""
    unit_zh: str = ""
    per_unit: float = 1.0
    sign: str = "≥"
    digits: int = 1

    def name(self, language: str) -> str:
        """The name in `language`."""
        return self.zh if language == "zh" else self.en

    def unit(self, language: str) -> str:
        """The unit in `language`."""
        return self.unit_zh if language == "zh" else self.unit_en

    def aim(self, threshold: float, language: str, brief: bool = False) -> str:
        """The plan's demand on a target, in drawn units: `≥ 18 %`; brief beside an axis that has the unit."""
        unit = self.unit(language)
        amount, shown = threshold / self.per_unit, unit if unit == "%" or not brief else ""
        if shown == BILLION[0]:  # beside no axis that has the unit: as English counts
            amount, shown = threshold / 1e9, "bn yuan"
        return f"{self.sign} {amount:z,.5g} {shown}".strip()

    def change(self, language: str) -> str:
        """The unit of a difference: shares differ by percentage points."""
        unit = self.unit(language)
        points = {"en": "percentage points", "zh": "百分点"}[language]
        return unit.replace("%", points) if unit.startswith("%") else unit

    def digits_of(self, width: float) -> int:
        """Decimals that show two digits of an interval so wide, at least as many as a value has."""
        shown = width / self.per_unit
        if not 0 < shown < math.inf:
            return self.digits
        return min(6, max(self.digits, 1 - math.floor(math.log10(shown))))

    def full(self, language: str) -> str:
        """Name and unit, as an axis carries them."""
        name, unit = self.name(language), self.unit(language)
        told = not unit or unit in name or (unit.startswith("per ") and " per " in name)
        return name if told else f"{name} ({unit})"


BILLION = ("100 m yuan", "亿元", 1e8)  # 亿: the unit of the plan, one hundred million

PERCENT = 0.01  # of one

# Units of recorded series as drawn: in English, in Chinese, and how many recorded units a drawn one holds.
DRAWN_UNITS = {
    "yuan": BILLION,
    "yuan at 2020 prices": BILLION,
    "yuan at 2016Q1 prices": BILLION,
    "yuan at 2015Q4 prices": BILLION,
    "yuan/year": ("100 m yuan a year", "亿元/年", BILLION[2]),
    "m2": ("km²", "平方公里", 1e6),
    "firms": ("firms", "家", 1.0),
    "seats": ("seats", "个", 1.0),
    "places": ("places", "个", 1.0),
    "workers": ("workers", "人", 1.0),
    "persons": ("persons", "人", 1.0),
    "inventions": ("inventions", "件", 1.0),
    "licences": ("licences", "项", 1.0),
    "carriers": ("carriers", "个", 1.0),
    "deals": ("deals", "项", 1.0),
    "offers": ("offers", "项", 1.0),
    "stakes": ("stakes", "项", 1.0),
    "awards": ("awards", "项", 1.0),
    "missions": ("missions", "项", 1.0),
    "projects": ("projects", "个", 1.0),
    "milestones": ("milestones", "项", 1.0),
    "links": ("links", "条", 1.0),
    "results": ("results", "项", 1.0),
    "applications": ("applications", "件", 1.0),
    "institutes": ("institutes", "家", 1.0),
    "bookings a year": ("bookings a year", "项/年", 1.0),
    "products": ("products", "个", 1.0),
    "consortia": ("consortia", "个", 1.0),
    "audits": ("audits", "次", 1.0),
    "programmes": ("programmes", "项", 1.0),
    "sets": ("sets", "台套", 1.0),
    "sites": ("sites", "个", 1.0),
    "references": ("references", "项", 1.0),
    "markets": ("markets", "个", 1.0),
    "working days": ("working days", "工作日", 1.0),
    "ratio": ("ratio", "比值", 1.0),
    "index": ("index", "指数", 1.0),
    "index, 0 to 1": ("index, 0 to 1", "指数（0至1）", 1.0),
    "share": ("%", "%", PERCENT),
    "share/year": ("% a year", "%/年", PERCENT),
    "share of sales": ("% of sales", "占营业收入%", PERCENT),
    "log points of productivity": ("% of productivity", "占生产率%", PERCENT),
    "yuan per yuan": ("yuan per yuan", "元/元", 1.0),
    "share of programmes": ("% of programmes", "占专项%", PERCENT),
    "yuan per yuan of investment": ("% of investment", "占投资额%", PERCENT),
    "2020 = 1": ("2020 = 1", "2020年=1", 1.0),
    "1 = mean at the reference share": ("1 = mean at the reference share", "基准比例下均值=1", 1.0),
}

# Whom programmes pay, as in the series flow_PROGRAMME_RECIPIENT.
RECIPIENTS = {name: Label(one.en, one.zh) for name, one in cost.RECIPIENTS.items()}

ALL = Label("All together", "全部同时实现")


def place_labels(region: Region) -> dict[str, Label]:
    """The prefectures as tiles name them."""
    about = region.prefectures
    names = zip(about.names, about.label_en, about.short_zh, strict=True)
    return {name: Label(en, zh) for name, en, zh in names}


def tiles(region: Region) -> dict[str, tuple[int, int]]:
    """Row and column of each prefecture on the map of equal tiles."""
    return dict(zip(region.prefectures.names, region.prefectures.tiles, strict=True))


def industry_labels(region: Region) -> dict[str, Label]:
    """The industries as panels name them."""
    about = region.industries
    names = zip(about.names, about.short_en, about.short_zh, strict=True)
    return {name: Label(en, zh) for name, en, zh in names}


CELLS = {
    "firms": Label("Firms", "企业数", "firms", "家"),
    "certified": Label("High-tech enterprises", "高新技术企业", "firms", "家"),
    "value_added": Label(
        "Value added of technology firms, all products", "科技企业增加值（全部产品）", *BILLION
    ),
    "sei_value_added": Label("Value added of emerging products", "战略性新兴产业增加值", *BILLION),
    "research": Label("R&D of firms", "企业研发经费", *BILLION),
    "patents": Label("Valid patents", "有效发明专利", "patents", "件"),
    "employment": Label("Employment of technology firms", "科技企业从业人员", "people", "人"),
    "sales": Label("Sales of technology firms, all products", "科技企业营业收入（全部产品）", *BILLION),
    "talent": Label("High-end talent", "高端人才", "persons", "人"),
    "skilled_workers": Label("Skilled workers", "技能人才", "persons", "人"),
    "supplied": Label("Supplied to firms of the province", "对省内企业供货", *BILLION),
    "purchases": Label("Purchases of technology firms", "科技企业中间投入采购", *BILLION),
}

# Series recorded for each prefecture as a whole, named INDICATOR_PREFECTURE.
AMOUNTS = {
    "revenue": Label("Own taxes of the prefecture", "市州自有税收", *BILLION),
    "spending": Label("Spending of the prefecture", "市州财政支出", *BILLION),
    "park_serviced": Label("Serviced land of parks", "园区已开发面积", *DRAWN_UNITS["m2"]),
    "park_filled": Label("Filled land of parks", "园区已利用面积", *DRAWN_UNITS["m2"]),
}
RATES = {
    "incentive": Label(
        "Incentive for firms that move in", "招商优惠力度", *DRAWN_UNITS["yuan per yuan of investment"]
    ),
    "matching": Label("Share of programmes paid", "专项配套比例", *DRAWN_UNITS["share of programmes"]),
    "park_free": Label("Free share of serviced land of parks", "园区可供用地占比", *DRAWN_UNITS["share"]),
    "entry_over_usual": Label(
        "Pull of parks: entry over the usual", "园区引力：新设企业与常态之比", *DRAWN_UNITS["ratio"]
    ),
}
