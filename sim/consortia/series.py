"""Research consortia: how many, their members, joint research, and how far apart their fields are."""

from agents.consortia.consortia import Consortia
from agents.economy import Economy
from sim.indicator import F, Group, Indicator, R, S
from sim.setting import Setting

CONSORTIA = {
    "consortia": Indicator("consortia", S, "research consortia", "创新联合体"),
    "consortia_formed": Indicator("consortia", F, "research consortia formed", "新组建创新联合体"),
    "consortium_members": Indicator("firms", S, "firms in research consortia", "创新联合体成员企业"),
    "joint_research": Indicator("yuan", F, "joint research in consortia", "创新联合体联合研发经费"),
    "consortium_distance": Indicator("index", R, "distance of fields in consortia", "创新联合体成员领域距离"),
}


def consortia(economy: Economy, setting: Setting) -> list[float]:
    """Number, formed, members, joint research, mean distance of fields."""
    own = economy.of(Consortia)
    distance = sum(own.distance.tolist()) / len(own) if len(own) else 0.0
    members = float(len(own.members.firm))
    return [float(len(own)), float(own.formed), members, float(own.joint), distance]


SERIES = {"consortia": Group(CONSORTIA, consortia)}
