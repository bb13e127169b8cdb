"""Experiments with the technology market: what its levers do to licences, in pairs of runs of equal luck.

    from experiments.evidence.in_silico_transfer import licence_income_by_share, technology_market_effects
    print(licence_income_by_share(replications=10))       # inventors get ten points more

Each returns a table: sums over 2021-25 without the change, and the relative effect with its 95 % interval.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.evidence.paired_runs import Field, paired_effects

OF_LICENCES = (
    "licence_income", "licence_income_in_province", "licences", "licences_outside", "invention_quality",
    "disclosures", "inventor_income", "spin_offs", "contracts_registered_universities", "rd_universities",
)  # fmt: skip
OF_MARKET = (*OF_LICENCES, "programme_technology_market", "rd_firms_real", "sei_value_added")
FULL_MARKET = {
    ("technology_market", "platform"): 1.0,
    ("technology_market", "centres"): 4.0,
    ("technology_market", "deal_subsidy"): 0.2,
    ("technology_market", "budget"): 2e8,
}


def licence_income_by_share(
    share: float = 0.8, replications: int = 10, scale: float = 0.2, names: Sequence[str] = OF_LICENCES
) -> pd.DataFrame:
    """Licence income and its parts when inventors get `share` of it from 2021 on, against the baseline."""
    return paired_effects({}, {("inventor_share", "share"): share}, names, replications, scale)


def technology_market_effects(
    changes: Mapping[Field, float] = FULL_MARKET, replications: int = 10, scale: float = 0.2
) -> pd.DataFrame:
    """What a working platform, four regional centres and a subsidy on licences change from 2021 on."""
    return paired_effects({}, changes, OF_MARKET, replications, scale)
