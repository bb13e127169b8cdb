"""The bank, the guarantee corporation and funds at the end of 2015."""

from typing import Any

from agents.economy import Economy
from agents.finance.bank import Bank, BankParameters
from agents.finance.funds import FundData, FundParameters, Funds
from agents.finance.guarantee import GuaranteeCorporation, GuaranteeParameters
from agents.finance.information import Information, InformationParameters
from agents.finance.listing import Listing, ListingParameters
from agents.finance.pledges import PledgeParameters, Pledges
from agents.firms.credit import CreditParameters
from sim.books.begin import opening_bonds
from sim.part import Balance, Start
from sim.setting import Setting


def begin(start: Start) -> dict[Any, Any]:
    """The bank and how it rates firms, the guarantee corporation, the region's funds; nobody listed yet."""
    values, scale = start.spec.parameters, start.spec.scale
    data = FundData(**{name: getattr(start.region.funds, name) for name in FundData._fields})
    return {
        Pledges: Pledges(PledgeParameters(**values["pledges"])),
        "bank": Bank(BankParameters(**values["bank"])),
        "credit": CreditParameters(**values["credit"]),
        "guarantee": GuaranteeCorporation(GuaranteeParameters(**values["guarantee"]), scale),
        Information: Information(InformationParameters(**values["information"])),
        Listing: Listing(ListingParameters(**values["listing"]), scale),
        "funds": Funds(FundParameters(**values["funds"]), data, start.accounts, scale),
    }


def balances(economy: Economy, setting: Setting) -> list[Balance]:
    """Own funds of bank and corporation, deposits of the funds; their stakes are booked too."""
    ledger, accounts = economy.ledger, economy.ledger.accounts
    _, loans = economy.money_of_firms()
    return [
        (accounts.bank, economy.bank.opening_own_funds(loans, opening_bonds(economy))),
        (accounts.guarantee, economy.guarantee.opening_balance()),
        (accounts.funds, economy.funds.open(ledger, economy.governments.shares)),
    ]


def forget(economy: Economy) -> None:
    """Counts of guarantees and deals begin anew."""
    economy.guarantee.open_quarter()
    economy.funds.open_quarter()
    economy.of(Pledges).open_quarter()
    economy.of(Listing).open_quarter()
