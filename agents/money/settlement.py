"""The other side of what firms did in a quarter: every yuan a firm paid or received has its counterpart."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.money.chart import Accounts
from agents.money.flows import FIRM_SIGN, N_FIRM_FLOWS, Flow
from agents.money.posting import pay
from agents.numbers.shares import (
    MILLION,
    Shares,
    comes_before,
    millionths,
    part_of,
    remainder_of,
    rounded_down,
)

PARTIES = 3
FOUNDER_CAPITAL = int(Flow.FOUNDER_CAPITAL)


class Routes(NamedTuple):
    """Who stands on the other side of each firm flow: up to three parties; contracts are divided apart.

    share: millionths of a party, shape (flows, 3). account: its first account, likewise.
    by_prefecture: 1 where each prefecture has its own account, likewise.
    sign: +1 where firms receive, 0 where nothing moves here.
    """

    share: np.ndarray
    account: np.ndarray
    by_prefecture: np.ndarray
    sign: np.ndarray


class FirmSharing(NamedTuple):
    """The routes, and how institutions share in contract research.

    to_institutions: millionths of contracts. contract_shares: how they divide it; None if nobody takes any.
    booked: accounts and yuan of contracts of the quarter with others by name, out of the rest.
    """

    routes: Routes
    to_institutions: int
    contract_shares: Shares | None
    booked: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def by_name(self) -> int:
        """Contracts of the quarter with others by name [yuan]."""
        return 0 if self.booked is None else int(self.booked[1].sum())

    def contracts_of_institutions(self, total: int) -> int:
        """What institutions together get of all contracts [yuan]; 0 if there are none that take any."""
        return part_of(total, self.to_institutions) if self.contract_shares is not None else 0


Party = tuple[float, int | slice]  # a share and the account or block that has it


def firm_sharing(
    government: Any,
    rest: Any,
    universities: Any,
    contract_weights: Sequence[float] | np.ndarray,
    accounts: Accounts,
) -> FirmSharing:
    """The sharing that the parameters of governments, rest of the economy and universities state."""
    routes = _routes(_parties(government, rest, accounts))
    somebody = max(contract_weights, default=0.0) > 0.0
    to_institutions = round(universities.contracts_to_universities * MILLION)
    return FirmSharing(routes, to_institutions, Shares(contract_weights) if somebody else None)


def _parties(government: Any, rest: Any, chart: Accounts) -> dict[Flow, list[Party]]:
    """Who takes part in each flow, and with what share."""
    at_home = rest.dividends_at_home
    owners: list[Party] = [(at_home, chart.households), (1.0 - at_home, chart.outside)]
    households: list[Party] = [(1.0, chart.households)]
    bank: list[Party] = [(1.0, chart.bank)]
    return {
        Flow.SALES: _traded(rest.sales_at_home, chart),
        Flow.PURCHASES: _traded(rest.purchases_at_home, chart),
        Flow.WAGES: households,
        Flow.RESEARCH_WAGES: households,
        Flow.RESEARCH_MATERIALS: _traded(rest.materials_at_home, chart),
        Flow.CAPITAL_EXPENDITURE: _traded(rest.equipment_at_home, chart),
        Flow.VAT: _taxed(government, "vat", chart),
        Flow.CORPORATE_TAX: _taxed(government, "corporate_tax", chart),
        Flow.OTHER_TAX: _taxed(government, "other_tax", chart),
        Flow.INTEREST: bank,
        Flow.DIVIDENDS: owners,
        Flow.LOAN_NEW: bank,
        Flow.LOAN_REPAID: bank,
        Flow.FOUNDER_CAPITAL: owners,
        Flow.LIQUIDATION: owners,
        Flow.ASSET_SALES: [(1.0, chart.rest)],
    }


def _traded(at_home: float, chart: Accounts) -> list[Party]:
    return [(at_home, chart.rest), (1.0 - at_home, chart.outside)]


def _taxed(government: Any, tax: str, chart: Accounts) -> list[Party]:
    local = 1.0 - getattr(government, f"{tax}_central_share")
    province = local * getattr(government, f"{tax}_province_share_of_local")
    return [(1.0 - local, chart.central), (province, chart.province), (local - province, chart.prefectures)]


def _routes(parties: dict[Flow, list[Party]]) -> Routes:
    share, account, by_prefecture = (np.zeros((N_FIRM_FLOWS, PARTIES), dtype=np.int64) for _ in range(3))
    for code, listed in parties.items():
        share[code, : len(listed)] = millionths([part for part, _ in listed])
        for n, (_, who) in enumerate(listed):
            by_prefecture[code, n] = isinstance(who, slice)
            account[code, n] = who.start if isinstance(who, slice) else who
    sign = np.array(
        [FIRM_SIGN[code] if code in parties else 0 for code in range(N_FIRM_FLOWS)], dtype=np.int64
    )
    return Routes(share, account, by_prefecture, sign)


@rule
def part_of_party(total, shares, code, party):
    """What a party gets of `total` [yuan] by its millionths; yuan left over go to the largest remainders."""
    left, ahead = total, 0
    own = remainder_of(total, shares[code, party], MILLION)
    for other in range(PARTIES):
        share = shares[code, other]
        left -= rounded_down(total, share)
        ahead += comes_before(own, remainder_of(total, share, MILLION), other < party)
    return rounded_down(total, shares[code, party]) + (1 if ahead < left else 0)


@stage
def settle(books, flows, routes, equity, firms):
    """Posts the counterparts of the firms' flows [yuan per firm flow and prefecture].

    Founders hold what they put in as `equity`; what the households of a place lack for it comes from outside.
    """
    for code in range(flows.shape[0]):
        if routes.sign[code] == 0:
            continue
        for place in range(flows.shape[1]):
            lacking = 0
            for party in range(PARTIES):
                if routes.share[code, party] == 0 and lacking == 0:
                    continue
                part = part_of_party(flows[code, place], routes.share, code, party) + lacking
                other = routes.account[code, party] + place * routes.by_prefecture[code, party]
                if code == FOUNDER_CAPITAL:
                    lacking = max(0, part - books.balance[other]) if party == 0 else 0
                    part -= lacking
                received = routes.sign[code] > 0
                pay(books, other if received else firms, firms if received else other, part, code)
                if code == FOUNDER_CAPITAL:
                    equity[other] += part
                    equity[firms] -= part
