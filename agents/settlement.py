"""The other side of what firms did in a quarter: every yuan a firm paid or received has its counterpart."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.division import millionths, part_of, split, split_each
from agents.flows import N_FIRM_FLOWS, AccountingError, Flow

if TYPE_CHECKING:
    from agents.ledger import Ledger

BOUGHT_FROM_REST = (
    (Flow.PURCHASES, "purchases_at_home"),
    (Flow.RESEARCH_MATERIALS, "materials_at_home"),
    (Flow.CAPITAL_EXPENDITURE, "equipment_at_home"),
)
PAID_TO_HOUSEHOLDS = (
    (Flow.WAGES, None),
    (Flow.RESEARCH_WAGES, None),
    (Flow.DIVIDENDS, "dividends_at_home"),
    (Flow.LIQUIDATION, "dividends_at_home"),
)
TAXES = ((Flow.VAT, "vat"), (Flow.CORPORATE_TAX, "corporate_tax"), (Flow.OTHER_TAX, "other_tax"))


@dataclass(frozen=True)
class FirmSharing:
    """Who stands on the other side of firms' flows, in millionths.

    sales_at_home: share of firms' sales bought in the province; the rest is sold outside.
    purchases_at_home, materials_at_home, equipment_at_home: share bought from the rest of the province.
    dividends_at_home: share of dividends and founders' capital of households in the province.
    contracts_to_universities: share of contract research; the rest goes to other performers in the province.
    contract_weights: how universities divide theirs (any positive scale).
    vat, corporate_tax, other_tax: shares of centre, province and prefecture.
    """

    sales_at_home: int
    purchases_at_home: int
    materials_at_home: int
    equipment_at_home: int
    dividends_at_home: int
    contracts_to_universities: int
    contract_weights: tuple[float, ...]
    vat: tuple[int, ...]
    corporate_tax: tuple[int, ...]
    other_tax: tuple[int, ...]


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
        dividends_at_home=one(rest.dividends_at_home),
        contracts_to_universities=one(universities.contracts_to_universities),
        contract_weights=tuple(float(weight) for weight in contract_weights),
        vat=tax("vat"),
        corporate_tax=tax("corporate_tax"),
        other_tax=tax("other_tax"),
    )


def settle(ledger: "Ledger", flows: np.ndarray, sharing: FirmSharing) -> None:
    """Posts the counterparts of the firms' flows [yuan per firm flow and prefecture].

    Raises:
        AccountingError: a flow is negative, or a counterpart cannot pay.
    """
    _refuse_negative(ledger, flows)
    totals = [int(total) for total in flows.sum(axis=1)]
    _owners_put_in(ledger, flows[Flow.FOUNDER_CAPITAL], sharing)
    _buyers_pay(ledger, totals, sharing)
    _bank_side(ledger, totals)
    for code, share in BOUGHT_FROM_REST:
        _divide(ledger, totals[code], getattr(sharing, share), code)
    _research_contracts(ledger, totals[Flow.RESEARCH_CONTRACTS], sharing)
    for code, share in PAID_TO_HOUSEHOLDS:
        _households_receive(ledger, flows[code], code, getattr(sharing, share) if share else None)
    for code, share in TAXES:
        _tax(ledger, flows[code], code, getattr(sharing, share))


def _refuse_negative(ledger: "Ledger", flows: np.ndarray) -> None:
    if flows.shape[0] != N_FIRM_FLOWS:
        raise ValueError(f"flows has {flows.shape[0]} rows, {N_FIRM_FLOWS} firm flows are settled")
    if flows.min() < 0:
        code, prefecture = np.unravel_index(int(flows.argmin()), flows.shape)
        raise AccountingError(
            f"account firms, quarter {ledger.quarter}: {Flow(code).name} in prefecture {prefecture}"
            f" is {flows.min()} yuan, not negative is allowed"
        )


def _owners_put_in(ledger: "Ledger", amounts: np.ndarray, sharing: FirmSharing) -> None:
    accounts = ledger.accounts
    home, away = split_each(amounts, (sharing.dividends_at_home, 1_000_000 - sharing.dividends_at_home))
    ledger.post_each(accounts.households, accounts.firms, home, Flow.FOUNDER_CAPITAL)
    ledger.take_equity(accounts.firms, accounts.households, home)
    ledger.post(accounts.outside, accounts.firms, int(away.sum()), Flow.FOUNDER_CAPITAL)
    ledger.take_equity(accounts.firms, accounts.outside, away.sum())


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
    if not accounts.universities_count:
        for_universities = 0
    if for_universities:
        parts = split(for_universities, sharing.contract_weights)
        ledger.post_each(accounts.firms, accounts.universities, parts, Flow.RESEARCH_CONTRACTS)
    ledger.post(accounts.firms, accounts.rest, total - for_universities, Flow.RESEARCH_CONTRACTS)


def _households_receive(ledger: "Ledger", amounts: np.ndarray, code: Flow, at_home: int | None) -> None:
    accounts = ledger.accounts
    home = amounts
    if at_home is not None:
        home, away = split_each(amounts, (at_home, 1_000_000 - at_home))
        ledger.post(accounts.firms, accounts.outside, int(away.sum()), code)
    ledger.post_each(accounts.firms, accounts.households, home, code)


def _tax(ledger: "Ledger", amounts: np.ndarray, code: Flow, shares: tuple[int, ...]) -> None:
    accounts = ledger.accounts
    central, province, prefectures = split_each(amounts, shares)
    ledger.post(accounts.firms, accounts.central, int(central.sum()), code)
    ledger.post(accounts.firms, accounts.province, int(province.sum()), code)
    ledger.post_each(accounts.firms, accounts.prefectures, prefectures, code)
