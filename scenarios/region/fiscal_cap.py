"""The fiscal cap of a region: what a package of programmes may cost a year at most."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from scenarios.region.folder import CONFIGS, region_folder
from scenarios.region.region import load_region
from scenarios.spec import POLICY_YEAR
from scenarios.values.errors import InputError
from scenarios.values.number import read_number
from scenarios.values.tables import YI
from scenarios.values.yaml_reader import read_yaml

FILE, SPENDING = "fiscal_cap.yaml", "budget_spending"
YEAR = POLICY_YEAR - 1


class FiscalCap(NamedTuple):
    """share: of `spending`, the general budget spending of the last year before the plan [yuan/year]."""

    share: float
    spending: float

    @property
    def yuan(self) -> float:
        """What may be spent a year."""
        return self.share * self.spending


@cache
def load_fiscal_cap(region: str, folder: Path = CONFIGS) -> FiscalCap | None:
    """The cap of a region, by name or path; None where its folder has no fiscal_cap.yaml.

    Raises:
        InputError: a mistake in the file, or no figure of the spending that it is a share of.
    """
    path = region_folder(region, folder) / FILE
    if not path.is_file():
        return None
    table = read_yaml(path)
    if set(table) != {"share"}:
        raise InputError(f"{path}: expected the key 'share' alone")
    series = load_region(region, folder).series
    spending = series[SPENDING].years.get(YEAR) if SPENDING in series else None
    if spending is None:
        raise InputError(f"{path}: series.yaml has no {SPENDING} of {YEAR}")
    return FiscalCap(read_number(table["share"], f"{path}: share").dated[0][1], float(spending) * YI)
