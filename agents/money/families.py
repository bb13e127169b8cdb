"""What governments can offer: one family for each kind of instrument, with its terms and what pays for it.

A lever offers terms of a family, `economy.offer("research_support", self.name, rate=0.1, cap=1e7)`; what
several levers offer adds up. What is claimed on it is paid by the programmes of the levers that offered.
"""

from dataclasses import dataclass
from typing import NamedTuple

from agents.money.flows import Flow

ALIKE, FIRST_COME, RANK = "alike", "first_come", "rank"
SELECTIONS = (ALIKE, FIRST_COME, RANK)
"""How a programme selects among claims: the same share of each, in the order they come in, or firms of the
highest standing first; the last two pay in full until the money is out."""


# --- the terms: each is zero where nobody offers anything ------------------------------------------------


class MoneyAlone(NamedTuple):
    """The year's budget is all that is offered."""


class ResearchSupport(NamedTuple):
    """rate: share of the increase in research paid back. cap: yuan/year per firm."""

    rate: float = 0.0
    cap: float = 0.0


class CertificationAward(NamedTuple):
    """award: yuan per certificate."""

    award: float = 0.0


class SuperDeduction(NamedTuple):
    """addition: share of research, added to the national rate."""

    addition: float = 0.0


class MissionCall(NamedTuple):
    """entrants: applicants per topic. stage_gate: share held back. audit: chance of one by tranche."""

    entrants: int = 0
    stage_gate: float = 0.0
    audit: float = 0.0


class DigitalVoucher(NamedTuple):
    """share: of the cost of digitalisation."""

    share: float = 0.0


class TalentAward(NamedTuple):
    """award: yuan per newcomer."""

    award: float = 0.0


class TransferPolicy(NamedTuple):
    """platform: index of the information platform, 0 to 1. deal_subsidy: share of a licence's price.

    centres: regional centres at work, the first so many.
    """

    platform: float = 0.0
    centres: int = 0
    deal_subsidy: float = 0.0


class InventorShare(NamedTuple):
    """share: of licence income, for inventors."""

    share: float = 0.0


class CoverageDrift(NamedTuple):
    """drift: growth of published over actual emerging value added, share a year, added to the world's."""

    drift: float = 0.0


class Guarantee(NamedTuple):
    """share: of a loan that is guaranteed. fee: share of the guaranteed sum a year."""

    share: float = 0.0
    fee: float = 0.0


class FundOffer(NamedTuple):
    """budget: yuan/year at the size of the real province. government_share: of the money of funds for an
    industry. loss_compensation: share of its distributions that the state gives up."""

    budget: float = 0.0
    government_share: float = 0.0
    loss_compensation: float = 0.0


class ClusterOffer(NamedTuple):
    """organisation: of clusters, an index from 0 to 1; land is serviced with what is left of the budget."""

    organisation: float = 0.0


class Coordination(NamedTuple):
    """coordination: share of what prefectures imitate that is coordinated away, 0 to 1."""

    coordination: float = 0.0


class StartupLoanTerms(NamedTuple):
    """interest: share of the interest on start-up loans that is paid for founders."""

    interest: float = 0.0


class InvestmentAid(NamedTuple):
    """rate: yuan per yuan of investment, beyond what prefectures promise. enclave: 0 to 1, of a park that
    another prefecture runs there."""

    rate: float = 0.0
    enclave: float = 0.0


class NationalMatch(NamedTuple):
    """ratio: yuan that the province adds to each yuan of a national project."""

    ratio: float = 0.0


class IntellectualPropertyTerms(NamedTuple):
    """quality: 0 to 1, how far support turns from counts of filings to their value.

    pledge: yuan lent per yuan that pledged inventions are worth, beyond the practice of 2020.
    """

    quality: float = 0.0
    pledge: float = 0.0


class InstituteTerms(NamedTuple):
    """number: institutes that may be founded in a year."""

    number: float = 0.0


class ConsortiumTerms(NamedTuple):
    """share: of the cost of joint research that is paid. number: consortia that may be formed in a year."""

    share: float = 0.0
    number: float = 0.0


class EducationOffer(NamedTuple):
    """enrolment: share of a year's first students moved to subjects of emerging industries.

    training: persons a year at the size of the real province. technician_pay: yuan a year per technician.
    """

    enrolment: float = 0.0
    training: float = 0.0
    technician_pay: float = 0.0


class TransferStaff(NamedTuple):
    """brokers: persons at the size of the real province."""

    brokers: float = 0.0


class InformationOffer(NamedTuple):
    """information: index of the credit-information platform, 0 to 1."""

    information: float = 0.0


class EvaluationTerms(NamedTuple):
    """audit: chance that a grant, or a tranche of a mission, is audited. reallocation: the most by which a
    programme's budget moves a year [share]. gap: 0 to 1, how far distance to targets sets the weights."""

    audit: float = 0.0
    reallocation: float = 0.0
    gap: float = 0.0


class Approval(NamedTuple):
    """cut: share of the usual days of approval that is taken off, 0 to 1."""

    cut: float = 0.0


class Compliance(NamedTuple):
    """relief: share of the cost of complying with rules that firms are spared, 0 to 1."""

    relief: float = 0.0


class DataPlatform(NamedTuple):
    """platform: index of the platform for public and traded data, 0 to 1."""

    platform: float = 0.0


class OutwardSupport(NamedTuple):
    """share: of what it costs a firm to enter a market outside the country."""

    share: float = 0.0


class FirstSetTerms(NamedTuple):
    """rate: share of the price of a first set that is paid."""

    rate: float = 0.0


class DemonstrationTerms(NamedTuple):
    """openness: of the province's markets for novel products, an index from 0 to 1; sites cost the budget."""

    openness: float = 0.0


class ConsumerTerms(NamedTuple):
    """rate: share of the price of emerging products that households are paid."""

    rate: float = 0.0


# --- the families ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Family[T: tuple]:
    """One kind of instrument.

    account: the flow under which programmes pay what is claimed; None where nobody is paid (a rule of law).
    columns: of firms, one per term, where firms read what they are offered and a part of them may be meant.
    rules: how claims may be selected, where there is a choice. alone: not for two levers at a time, because
    their terms would have no meaning together. local: some places and industries may be offered other terms.
    knowledge: it acts through what firms know and can, with which they compete outside; who imitates it in
    other provinces competes with them.
    """

    name: str
    terms: type[T]
    account: Flow | None
    columns: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    alone: bool = False
    local: bool = False
    knowledge: bool = False


RESEARCH_SUPPORT = Family(
    "research_support", ResearchSupport, Flow.GRANT_RD,
    columns=("research_support_rate", "research_support_cap"), rules=SELECTIONS,
    local=True, knowledge=True,
)  # fmt: skip
CERTIFICATION_AWARD = Family(
    "certification_award", CertificationAward, Flow.HIGH_TECH_AWARD,
    columns=("certification_award",), local=True,
)  # fmt: skip
SUPER_DEDUCTION = Family(
    "super_deduction", SuperDeduction, None, columns=("super_deduction_addition",), local=True
)
PUBLIC_ORDERS = Family("public_orders", MoneyAlone, Flow.PROCUREMENT, local=True)
CARRIER_SUPPORT = Family("carrier_support", MoneyAlone, Flow.PLATFORM, knowledge=True)
MISSION_CALL = Family("mission_call", MissionCall, Flow.GRANT_RD, alone=True, local=True, knowledge=True)
DIGITAL_VOUCHER = Family("digital_voucher", DigitalVoucher, Flow.INFRASTRUCTURE, local=True)
DIGITAL_WORKS = Family("digital_works", MoneyAlone, Flow.INFRASTRUCTURE, local=True)
TALENT_AWARD = Family("talent_award", TalentAward, Flow.TALENT_GRANT, local=True, knowledge=True)
TECHNOLOGY_TRANSFER = Family("technology_transfer", TransferPolicy, Flow.PLATFORM, knowledge=True)
INVENTOR_SHARE = Family("inventor_share", InventorShare, None)
STATISTICAL_COVERAGE = Family("statistical_coverage", CoverageDrift, None)
GUARANTEE = Family("guarantee", Guarantee, Flow.RISK_COMPENSATION)
INCUBATION = Family("incubation", MoneyAlone, Flow.PLATFORM, local=True)
STARTUP_LOANS = Family("startup_loans", StartupLoanTerms, Flow.PRODUCTION_SUBSIDY, local=True)
FUND_TERMS = Family("fund_terms", FundOffer, Flow.FUND_CALL, alone=True)
CLUSTERS = Family("clusters", ClusterOffer, Flow.INFRASTRUCTURE, local=True)
COORDINATION = Family("coordination", Coordination, None)

SUPPLY_SUPPORT = Family("supply_support", MoneyAlone, Flow.GRANT_INVESTMENT, local=True)
INVESTMENT_AID = Family("investment_aid", InvestmentAid, Flow.GRANT_INVESTMENT, alone=True, local=True)
DIRECT_FINANCE = Family("direct_finance", MoneyAlone, Flow.PRODUCTION_SUBSIDY)
EVALUATION = Family("evaluation", EvaluationTerms, Flow.PLATFORM, alone=True)

CENTRAL_CAPTURE = Family("central_capture", MoneyAlone, Flow.GRANT_INVESTMENT)
NATIONAL_MATCH = Family("national_match", NationalMatch, Flow.GRANT_RD, knowledge=True)
BASIC_RESEARCH = Family("basic_research", MoneyAlone, Flow.UNIVERSITY_CORE)  # nobody can use its results soon
IP_QUALITY = Family("ip_quality", IntellectualPropertyTerms, Flow.PLATFORM)
# lines are works, as digital ones are: rivals answer research, which they do not add to
PILOT_PLATFORMS = Family("pilot_platforms", MoneyAlone, Flow.INFRASTRUCTURE, local=True)
NEW_INSTITUTES = Family(
    "new_institutes", InstituteTerms, Flow.GRANT_RD, alone=True, local=True, knowledge=True
)
RESEARCH_CONSORTIA = Family(
    "research_consortia", ConsortiumTerms, Flow.GRANT_RD, alone=True, local=True, knowledge=True
)
EDUCATION = Family("education", EducationOffer, Flow.UNIVERSITY_CORE, alone=True)
AMENITIES = Family("amenities", MoneyAlone, Flow.INFRASTRUCTURE, local=True)
TRANSFER_STAFF = Family("transfer_staff", TransferStaff, Flow.PLATFORM, knowledge=True)
CREDIT_INFORMATION = Family("credit_information", InformationOffer, Flow.PLATFORM)
APPROVAL = Family("approval", Approval, None, local=True)
COMPLIANCE = Family("compliance", Compliance, None, local=True)
DATA_PLATFORM = Family("data_platform", DataPlatform, Flow.PLATFORM)
OUTWARD_SUPPORT = Family("outward_support", OutwardSupport, Flow.PRODUCTION_SUBSIDY)
FIRST_SETS = Family("first_sets", FirstSetTerms, Flow.PRODUCTION_SUBSIDY, alone=True)
DEMONSTRATION = Family("demonstration", DemonstrationTerms, Flow.INFRASTRUCTURE, local=True)
CONSUMER_SUBSIDY = Family("consumer_subsidy", ConsumerTerms, Flow.PRODUCTION_SUBSIDY, local=True)

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        RESEARCH_SUPPORT, CERTIFICATION_AWARD, SUPER_DEDUCTION, PUBLIC_ORDERS, CARRIER_SUPPORT,
        MISSION_CALL, DIGITAL_VOUCHER, DIGITAL_WORKS, TALENT_AWARD, TECHNOLOGY_TRANSFER, INVENTOR_SHARE,
        GUARANTEE, FUND_TERMS, STATISTICAL_COVERAGE, CLUSTERS, COORDINATION, SUPPLY_SUPPORT, INCUBATION,
        STARTUP_LOANS, INVESTMENT_AID, CENTRAL_CAPTURE, NATIONAL_MATCH, BASIC_RESEARCH, IP_QUALITY,
        PILOT_PLATFORMS, NEW_INSTITUTES, RESEARCH_CONSORTIA, EDUCATION, AMENITIES, TRANSFER_STAFF,
        CREDIT_INFORMATION, EVALUATION, DIRECT_FINANCE, APPROVAL, COMPLIANCE, DATA_PLATFORM,
        OUTWARD_SUPPORT, FIRST_SETS, DEMONSTRATION, CONSUMER_SUBSIDY,
    )
}  # fmt: skip
