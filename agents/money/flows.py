"""Who pays whom for what: the sectors, the flow codes and the sign of each flow for a firm."""

from enum import IntEnum

import numpy as np


class AccountingError(Exception):
    """An account would break a rule of the books; the message names account, quarter and amount in yuan."""


class Sector(IntEnum):
    """The columns of the flow matrix."""

    FIRMS = 0
    BANK = 1
    GUARANTEE = 2
    CENTRAL = 3
    PROVINCE = 4
    REST = 5
    OUTSIDE = 6
    PREFECTURES = 7
    HOUSEHOLDS = 8
    UNIVERSITIES = 9
    FUNDS = 10


class Flow(IntEnum):
    """The rows of the flow matrix. The first N_FIRM_FLOWS are what a firm's own quarter produces."""

    SALES = 0  # received from buyers in the province and outside
    PURCHASES = 1  # intermediate goods and services
    WAGES = 2
    RESEARCH_WAGES = 3
    RESEARCH_MATERIALS = 4
    RESEARCH_CONTRACTS = 5  # paid to universities and other performers
    CAPITAL_EXPENDITURE = 6  # machines and buildings, research equipment included
    VAT = 7
    CORPORATE_TAX = 8
    OTHER_TAX = 9
    INTEREST = 10
    DIVIDENDS = 11
    LOAN_NEW = 12
    LOAN_REPAID = 13
    FOUNDER_CAPITAL = 14  # put in by owners
    LIQUIDATION = 15  # what is left of a closing firm's deposits, paid to its owners
    ASSET_SALES = 16  # a closing firm's equipment, bought by the rest of the economy
    WRITE_OFF = 17  # debt that dies with a closing firm: no money moves
    PROCUREMENT = 18
    GRANT_RD = 19
    GRANT_INVESTMENT = 20
    HIGH_TECH_AWARD = 21
    PLATFORM = 22
    UNIVERSITY_CORE = 23
    UNIVERSITY_PROJECT = 24
    TALENT_GRANT = 25
    TRANSFER = 26
    CONSUMPTION = 27
    HOUSEHOLD_TAX = 28
    PUBLIC_WAGES = 29
    PUBLIC_PURCHASES = 30
    IMPORTS = 31
    EXPORTS = 32
    BOND_ISSUE = 33
    BOND_REPAID = 34
    BOND_SERVICE = 35
    BANK_COST = 36
    BANK_DIVIDENDS = 37
    BANK_CAPITAL = 38
    OTHER_REVENUE = 39  # public revenue that is no tax: land, fees, transfers from other budgets
    LICENCE = 40  # for the use of an invention: an intangible asset of the buyer
    INVENTOR_SHARE = 41  # licence money that a university passes on to its inventors
    PRODUCTION_SUBSIDY = 42
    INFRASTRUCTURE = 43  # public works, bought from the rest of the economy and outside
    GUARANTEE_FEE = 44
    GUARANTEE_PAYMENT = 45  # of the guarantee corporation to the bank for a defaulted loan
    RISK_COMPENSATION = 46  # into the pool that shares guaranteed losses, and out of it to the bank
    FUND_CALL = 47
    FUND_DISTRIBUTION = 48
    FUND_FEE = 49
    EQUITY_PURCHASE = 50
    EQUITY_EXIT = 51
    INWARD_INVESTMENT = 52  # capital that firms bring along from outside
    CLAW_BACK = 53  # public money returned by those who misused it
    SUPPLIES = 54  # what firms buy of each other: a part of their sales and of their purchases


N_FIRM_FLOWS = 18
N_FLOWS = len(Flow)
N_SECTORS = len(Sector)

RECEIPTS_OF_FIRMS = (Flow.SALES, Flow.LOAN_NEW, Flow.FOUNDER_CAPITAL, Flow.ASSET_SALES)


def _firm_signs() -> np.ndarray:
    signs = np.full(N_FIRM_FLOWS, -1, dtype=np.int64)
    signs[list(RECEIPTS_OF_FIRMS)] = 1
    signs[Flow.WRITE_OFF] = 0
    return signs


FIRM_SIGN = _firm_signs()
"""+1 where a flow adds to a firm's deposits, -1 where it takes from them, 0 where no money moves."""
