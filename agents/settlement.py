"""The other side of what firms did in a quarter: every yuan a firm paid or received has its counterpart."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.division import Shares, millionths, part_of, split_each
from agents.flows import N_FIRM_FLOWS, AccountingError, Flow

if TYPE_CHECKING:
    from agents.ledger import Ledger

BOUGHT_FROM_REST = (
    (Flow.PURCHASES, "purchases_at_home"),
    (Flow.RESEARCH_MATERIALS, "materials_at_home"),
    (Flow.CAPITAL_EXPENDITURE, "equipment_at_home"),
)
WITH_OWNERS = (Flow.FOUNDER_CAPITAL, Flow.DIVIDENDS, Flow.LIQUIDATION)
TAXES = (Flow.VAT, Flow.CORPORATE_TAX, Flow.OTHER_TAX)


@dataclass(frozen=True)
class FirmSharing:
    """Who stands on the other side of firms' flows, in millionths.

    sales_at_home: share of firms' sales bought in the province; the rest is sold outside.
    purchases_at_home, materials_at_home, equipment_at_home: share bought from the rest of the province.
    owners: shares of households in the province and of owners outside, shape (2, 3) for WITH_OWNERS.
    taxes: shares of centre, province and prefecture, shape (3, 3) for TAXES.
    contracts_to_universities: share of contract research; the rest goes to other performers in the province.
    contract_shares: how institutions divide theirs; None if nobody takes contracts.
    """

    sales_at_home: int
    purchases_at_home: int
    materials_at_home: int
    equipment_at_home: int
    owners: np.ndarray
    taxes: np.ndarray
    contracts_to_universities: int
    contract_shares: Shares | None


def firm_sharing(government, rest, universities, contract_weights) -> FirmSharing:
    """The sharing that the parameters of governments, rest of the economy and universities state."""

    def one(share: float) -> int:
        return millionths((share, 1.0 - share))[0]

    def tax(kind: str) -> tuple[int, ...]:
        local = 1.0 - getattr(government, f"{kind}_central_share")
        province = local * getattr(government, f"{kind}_province_share_of_local")
        return millionths((1.0 - local, province, local - province))

    return FirmSharing(
        sales_at_home=one(rest.sales_at_home),
        purchases_at_home=one(rest.purchases_at_home),
        materials_at_home=one(rest.materials_at_home),
        equipment_at_home=one(rest.equipment_at_home),
        owners=_by_party([millionths((rest.dividends_at_home, 1.0 - rest.dividends_at_home))] * 3),
        taxes=_by_party([tax(kind) for kind in ("vat", "corporate_tax", "other_tax")]),
        contracts_to_universities=one(universities.contracts_to_universities),
        contract_shares=Shares(contract_weights) if max(contract_weights, default=0.0) > 0.0 else None,
    )


def _by_party(shares_by_kind: list[tuple[int, ...]]) -> np.ndarray:
    return np.ascontiguousarray(np.array(shares_by_kind, dtype=np.int64).T)


def settle(ledger: "Ledger", flows: np.ndarray, sharing: FirmSharing) -> None:
    """Posts the counterparts of the firms' flows [yuan per firm flow and prefecture].

    Raises:
        AccountingError: a flow is negative, or a counterpart cannot pay.
    """
    _refuse_negative(ledger, flows)
    totals = flows.sum(axis=1).tolist()
    home, away = split_each(flows[WITH_OWNERS, :], sharing.owners)
    _owners_put_in(ledger, home[0], int(away[0].sum()))
    _buyers_pay(ledger, totals, sharing)
    _bank_side(ledger, totals)
    for code, share in BOUGHT_FROM_REST:
        _divide(ledger, totals[code], getattr(sharing, share), code)
    _research_contracts(ledger, totals[Flow.RESEARCH_CONTRACTS], sharing)
    for code in (Flow.WAGES, Flow.RESEARCH_WAGES):
        ledger.post_each(ledger.accounts.firms, ledger.accounts.households, flows[code], code)
    for n, code in enumerate(WITH_OWNERS[1:], start=1):
        _owners_receive(ledger, home[n], int(away[n].sum()), code)
    _taxes(ledger, flows[TAXES, :], sharing)


def _refuse_negative(ledger: "Ledger", flows: np.ndarray) -> None:
    if flows.shape[0] != N_FIRM_FLOWS:
        raise ValueError(f"flows has {flows.shape[0]} rows, {N_FIRM_FLOWS} firm flows are settled")
    if flows.min() < 0:
        code, prefecture = np.unravel_index(int(flows.argmin()), flows.shape)
        raise AccountingError(
            f"account firms, quarter {ledger.quarter}: {Flow(int(code)).name} in prefecture {prefecture}"
            f" is {flows.min()} yuan, not negative is allowed"
        )


def _owners_put_in(ledger: "Ledger", home: np.ndarray, away: int) -> None:
    accounts = ledger.accounts
    ledger.post_each(accounts.households, accounts.firms, home, Flow.FOUNDER_CAPITAL)
    ledger.take_equity(accounts.firms, accounts.households, home)
    ledger.post(accounts.outside, accounts.firms, away, Flow.FOUNDER_CAPITAL)
    ledger.take_equity(accounts.firms, accounts.outside, away)


def _buyers_pay(ledger: "Ledger", totals: list[int], sharing: FirmSharing) -> None:
    accounts = ledger.accounts
    home = part_of(totals[Flow.SALES], sharing.sales_at_home)
    ledger.post(accounts.rest, accounts.firms, home, Flow.SALES)
    ledger.post(accounts.outside, accounts.firms, totals[Flow.SALES] - home, Flow.SALES)
    ledger.post(accounts.rest, accounts.firms, totals[Flow.ASSET_SALES], Flow.ASSET_SALES)


def _bank_side(ledger: "Ledger", totals: list[int]) -> None:
    accounts = ledger.accounts
    ledger.lend(accounts.firms, totals[Flow.LOAN_NEW])
    ledger.repay(accounts.firms, totals[Flow.LOAN_REPAID])
    ledger.write_off(accounts.firms, totals[Flow.WRITE_OFF])
    ledger.post(accounts.firms, accounts.bank, totals[Flow.INTEREST], Flow.INTEREST)


def _divide(ledger: "Ledger", total: int, at_home: int, code: Flow) -> None:
    accounts = ledger.accounts
    home = part_of(total, at_home)
    ledger.post(accounts.firms, accounts.rest, home, code)
    ledger.post(accounts.firms, accounts.outside, total - home, code)


def _research_contracts(ledger: "Ledger", total: int, sharing: FirmSharing) -> None:
    accounts = ledger.accounts
    for_universities = part_of(total, sharing.contracts_to_universities)
    if sharing.contract_shares is None:
        for_universities = 0
    else:
        parts = sharing.contract_shares.split(for_universities)
        ledger.post_each(accounts.firms, accounts.universities, parts, Flow.RESEARCH_CONTRACTS)
    ledger.post(accounts.firms, accounts.rest, total - for_universities, Flow.RESEARCH_CONTRACTS)


def _owners_receive(ledger: "Ledger", home: np.ndarray, away: int, code: Flow) -> None:
    accounts = ledger.accounts
    ledger.post_each(accounts.firms, accounts.households, home, code)
    ledger.post(accounts.firms, accounts.outside, away, code)


def _taxes(ledger: "Ledger", amounts: np.ndarray, sharing: FirmSharing) -> None:
    accounts = ledger.accounts
    central, province, prefectures = split_each(amounts, sharing.taxes)
    for n, code in enumerate(TAXES):
        ledger.post(accounts.firms, accounts.central, int(central[n].sum()), code)
        ledger.post(accounts.firms, accounts.province, int(province[n].sum()), code)
        ledger.post_each(accounts.firms, accounts.prefectures, prefectures[n], code)
