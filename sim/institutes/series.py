"""New-type research institutes: how many, their research, contracts and clients."""

from agents.economy import Economy
from agents.science.new_institutes import NewInstitutes
from sim.indicator import F, Group, Indicator, R, S
from sim.setting import Setting

INSTITUTES = {
    "new_institutes": Indicator("institutes", S, "new-type research institutes", "新型研发机构"),
    "institutes_founded": Indicator("institutes", F, "new-type institutes founded", "新设新型研发机构"),
    "institute_research": Indicator("yuan", F, "research of new-type institutes", "新型研发机构研发经费"),
    "institute_contracts": Indicator(
        "yuan", F, "research contracts of firms with new-type institutes", "企业委托新型研发机构的研发合同额"
    ),
    "institute_contract_share": Indicator(
        "share", R, "contracts in the income of new-type institutes", "新型研发机构收入中合同占比"
    ),
    "institute_clients": Indicator("firms", S, "clients of new-type institutes", "新型研发机构客户企业"),
}


def institutes(economy: Economy, setting: Setting) -> list[float]:
    """Number, founded, research, contracts and their share in contracts and public money, clients."""
    own, every = economy.of(NewInstitutes), economy.universities
    contracts = float(own.contracts.sum())
    income = contracts + float(own.public)
    return [
        float(len(own)),
        float(own.founded),
        float(every.research[every.core :].sum()),
        contracts,
        contracts / income if income else 0.0,
        float(len(own.clients.firm)),
    ]


SERIES = {"institutes": Group(INSTITUTES, institutes)}
