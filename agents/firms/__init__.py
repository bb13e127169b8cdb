"""Technology firms: what they have (firm), and what they decide, one file a decision."""

from agents.firms.firm import Firm
from agents.firms.parameters import FirmParameters

__all__ = ["Firm", "FirmParameters"]
