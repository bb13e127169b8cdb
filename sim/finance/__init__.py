"""The bank, the guarantee and the funds."""

from sim.finance.begin import balances, begin, forget, withdraw
from sim.finance.faces import faces
from sim.finance.identities import check
from sim.finance.series import SERIES
from sim.part import Part

FINANCE = Part("finance", begin, balances, forget, withdraw, check, SERIES, faces=faces)
