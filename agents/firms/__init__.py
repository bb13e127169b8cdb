"""Technology firms: what they have (firm), and what they decide, one file a decision."""

from agents.firms.firm import Firm, FirmParameters

__all__ = ["Firm", "FirmParameters"]
