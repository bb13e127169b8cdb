"""The behaviour of firms: the parameters of each file of rules under its name, `p.demand.markup_response`."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, Self, get_type_hints

from agents.engine.records import kept
from agents.firms.bill import BillParameters
from agents.firms.certification import CertificationParameters
from agents.firms.credit import CreditLineParameters
from agents.firms.demand import DemandParameters
from agents.firms.entry import EntryParameters
from agents.firms.exit import ExitParameters
from agents.firms.innovation import InnovationParameters
from agents.firms.january import JanuaryParameters
from agents.firms.production import ProductionParameters
from agents.firms.research import ResearchParameters
from agents.firms.settle import SettleParameters
from agents.firms.start import StartParameters
from agents.state.grants import GrantParameters


@kept
class FirmParameters(NamedTuple):
    """Behaviour of firms. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    demand: DemandParameters
    production: ProductionParameters
    bill: BillParameters
    credit: CreditLineParameters
    settle: SettleParameters
    research: ResearchParameters
    certification: CertificationParameters
    innovation: InnovationParameters
    january: JanuaryParameters
    exit: ExitParameters
    entry: EntryParameters
    start: StartParameters
    grants: GrantParameters

    @classmethod
    def names(cls) -> list[str]:
        """The names of all parameters, as configurations know them."""
        return [name for part in _parts(cls) for name in part._fields]

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Self:
        """All parameters by name.

        Raises: TypeError if one is missing or unknown.
        """
        unknown = sorted(set(values) - set(cls.names()))
        if unknown:
            raise TypeError(f"firms have no parameter {', '.join(unknown)}")
        parts = _parts(cls)
        return cls._make(
            part(**{name: values[name] for name in part._fields if name in values}) for part in parts
        )

    def but(self, **values: float) -> Self:
        """The same with other values."""
        known = {name: value for part in self for name, value in part._asdict().items()}
        return self.of({**known, **values})


def _parts(parameters: type) -> list:
    """The classes of the parts."""
    return list(_hints(parameters).values())


_hints: Any = cache(get_type_hints)  # a class can be hashed, whatever its instances can
