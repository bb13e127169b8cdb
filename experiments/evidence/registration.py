"""How much of technology contracts is registered: solved from published turnover, for the region's file.

from experiments.evidence.registration import coverage
print(coverage(replications=20))        # the values of a region's contract_register.yaml
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.evidence.past import YEARS, baseline, pasts
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.values.tables import YI


def coverage(
    replications: int = 20, workers: int | None = None, region: str = DEFAULT_REGION
) -> pd.DataFrame:
    """Yuan registered per yuan traded that meet the published turnover in the median baseline run, by year.

    Of universities nothing is published before 2018: their coverage of 2018 is taken for 2016 and 2017.
    """
    runs = pasts(baseline(replications, region=region), workers)
    known = load_region(region)
    register, published = known.contract_register, known.series
    all_contracts = np.array([run.annual["contracts_registered"] for run in runs])
    of_universities = np.array([run.annual["contracts_registered_universities"] for run in runs])
    sold = np.median(of_universities, axis=0) / register.universities
    bought = np.median(all_contracts - of_universities, axis=0) / register.firms
    first = min(published["university_contracts"].years)
    share = {year: value * YI for year, value in published["university_contracts"].years.items()}
    universities = np.array([share[max(year, first)] / sold[YEARS.index(max(year, first))] for year in YEARS])
    total = np.array([published["technology_contracts"][year] * YI for year in YEARS])
    table = {"firms": (total - universities * sold) / bought, "universities": universities}
    return pd.DataFrame(table, index=pd.Index(YEARS, name="year"))
