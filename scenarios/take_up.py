"""How many firms seek a certificate cannot be fewer than hold one: those who hold it have sought it."""

from math import ceil

from scenarios.region.region import Region
from scenarios.spec import Parameters
from scenarios.values.errors import InputError
from scenarios.values.exact_text import exact_text


def refuse_low_ceiling(region: Region, parameters: Parameters) -> None:
    """Refuses a share of firms that ever seek the certificate below the share that held one in 2015.

    Both are shares of the firms that do research.

    Raises:
        InputError: names the parameter and both shares.
    """
    ceiling = parameters["firms"]["certification_ceiling"]
    start = region.marginals.with_constants(**parameters.get("synthesis", {})).constants
    held = start["certified"] / (start["firms"] * start["research_share"])
    if ceiling < held:
        raise InputError(
            f"parameters.firms.certification_ceiling is {exact_text(ceiling)}, but at the end of 2015 already"
            f" {held:.3f} of the firms with research are certified (region {region.name}: synthesis."
            f"certified, firms, research_share); expected at least {ceil(1000.0 * held) / 1000.0:g}"
        )
