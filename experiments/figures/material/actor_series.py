"""Which series each kind of actor is shown by, in the order of the panels."""

from __future__ import annotations

from typing import NamedTuple

from experiments.figures.labels import Label

MOST_PANELS = 9  # three rows of three fit on a page
FUND_GROUPS = ("master", "sector", "market")


class Actor(NamedTuple):
    """An actor's heading, the series it shows, and panels in a row.

    `{group}` in the name of a series stands for every group of prefectures, group by group.
    How to read them is told in the report, by the words of `actors` under its name; `note` holds what must
    stand beside the panels wherever they are drawn.
    """

    label: Label
    series: tuple[str, ...]
    note: tuple[str, str] | None = None
    columns: int = 3

    def series_in(self, groups: tuple[str, ...]) -> list[str]:
        """The series it shows in a region with these groups of prefectures."""
        by_group = [name for name in self.series if "{group}" in name]
        return [name for name in self.series if name not in by_group] + [
            name.format(group=group) for group in groups for name in by_group
        ]


def of_kinds(names: tuple[str, ...], groups: tuple[str, ...]) -> tuple[str, ...]:
    """A row of panels for each name, a column for each group, for which `{}` stands in the name."""
    return tuple(name.format(group) for name in names for group in groups)


ADMINISTRATIVE = (
    "Registered contracts are an administrative figure, not real trade; licence income is what was paid.",
    "技术合同成交额为登记口径的行政统计数，并非实际成交价值；成果转化收入为买方实际支付额。",
)

ACTORS = {
    "firms": Actor(
        Label("Technology firms", "科技企业"),
        ("firms", "entrants", "exits", "employment", "profits", "firm_loans"),
    ),
    "universities": Actor(
        Label("Universities, institutes and the technology market", "高校院所与技术市场"),
        (
            "licence_income",
            "licence_income_in_province",
            "inventor_income",
            "disclosures",
            "licences",
            "licences_outside",
            "spin_offs",
            "contracts_registered",
            "contracts_registered_universities",
        ),
        ADMINISTRATIVE,
    ),
    "joint_research": Actor(
        Label("New institutes, pilot lines and consortia", "新型研发机构、中试平台与创新联合体"),
        (
            "new_institutes",
            "institute_contracts",
            "institute_clients",
            "pilot_capacity",
            "pilot_queue",
            "pilot_bookings",
            "pilot_products",
            "consortia",
            "consortium_members",
        ),
    ),
    "regions": Actor(
        Label("Technology market by region group", "技术市场（分区域板块）"),
        ("contracts_registered_{group}", "licences_{group}"),
        ADMINISTRATIVE,
        columns=2,
    ),
    "talent": Actor(
        Label("Talent and skilled workers", "人才与技能劳动力"),
        (
            "talent",
            "talent_arrived",
            "talent_granted",
            "talent_left",
            "graduates_staying",
            "skilled_workers",
            "research_staff",
            "tightness",
            "pay_premium",
        ),
    ),
    "learning": Actor(
        Label("Education, training and homes for skilled people", "人才培养、技能培训与安居"),
        (
            "study_places",
            "study_graduates",
            "trainees",
            "trained",
            "technician_top_up",
            "unlearned_work",
            "amenity_places",
            "amenity_works",
            "skilled_workers",
        ),
    ),
    "information": Actor(
        Label("Brokers and credit information", "技术经理人与信用信息"),
        (
            "brokers",
            "brokers_lift",
            "licences",
            "credit_information",
            "rating_noise",
            "loan_spread",
            "default_rate",
            "firm_loans",
            "loans_new",
        ),
    ),
    "founders": Actor(
        Label("Founders, start-up loans and incubators", "创业者、创业担保贷款与孵化器"),
        (
            "would_be_founders",
            "founders_held_back",
            "founders_gave_up",
            "startup_loan_applicants",
            "startup_loans",
            "marginal_entrants",
            "seats",
            "tenants",
            "tenants_certified",
        ),
    ),
    "rules": Actor(
        Label("Approval, compliance and data", "审批、合规与数据要素"),
        ("capital_pending", "capital_waiting", "compliance_cost", "data_on_offer", "data_gain"),
    ),
    "exporters": Actor(
        Label("Markets abroad that firms enter with support", "受支持开拓国际市场的企业"),
        (
            "export_applicants",
            "export_supported",
            "export_additional",
            "promoted_exporters",
            "promoted_sales",
            "markets_won",
            "markets_lost",
        ),
    ),
    "funds": Actor(
        Label("Funds: portfolios and deals", "基金：投资组合与交易"),
        (
            "fund_deals",
            "fund_refusals",
            "private_capital",
            "fund_exits",
            *of_kinds(("funds_{}_invested",), ("sector", "market")),
            *of_kinds(("funds_{}_net_assets",), FUND_GROUPS),
        ),
    ),
    "listing": Actor(
        Label("Firms on their way to an exchange", "企业上市"),
        ("counselled_firms", "counselled_by_programmes", "listings", "listed_firms", "listing_proceeds"),
    ),
    "fund_money": Actor(
        Label("Funds: money in and out", "基金：资金进出"),
        (
            *of_kinds(("funds_{}_called", "funds_{}_distributed"), FUND_GROUPS),
            *of_kinds(("funds_{}_proceeds",), ("sector", "market")),
        ),
    ),
    "bank": Actor(
        Label("Bank and guarantees", "银行与担保"),
        (
            "loans_new",
            "firm_loans",
            "loan_rate",
            "default_rate",
            "guaranteed_lending",
            "loans_guaranteed",
            "guarantee_payments",
            "risk_compensation",
            "compensation_pool",
        ),
    ),
    "government": Actor(
        Label("Governments of both tiers", "两级政府"),
        (
            "programmes_by_province",
            "programmes_by_prefectures",
            "relocations",
            "relocation_incentives",
            "mission_awards",
            "milestones_reached",
            "mission_money_misused",
            "misuse_found",
            "clawed_back",
        ),
    ),
    "evaluation": Actor(
        Label("Audits and budgets that move", "绩效评价与资金监督"),
        (
            "audits",
            "grants_misused",
            "mission_money_misused",
            "misuse_found",
            "clawed_back",
            "programmes_judged",
            "budgets_moved",
            "share_of_budgets_moved",
        ),
    ),
    "supply": Actor(
        Label("Supply links between firms", "企业间供应链"),
        (
            "local_sourcing",
            "completeness",
            "supplies",
            "purchases",
            "purchases_turned",
            "anchors",
            "supplier_links",
            "supplier_links_supported",
        ),
    ),
    "buyers": Actor(
        Label("Buyers of novel and of subsidised products", "创新产品与补贴产品的买方"),
        (
            "first_sets",
            "first_set_sales",
            "demonstrations",
            "references_by_orders",
            "novel_demand",
            "subsidised_purchases",
            "purchases_beyond",
            "purchases_at_home",
            "purchases_leaked",
        ),
    ),
    "parks": Actor(
        Label("Parks and clusters", "产业园区与集群"),
        (
            "park_serviced",
            "park_free",
            "park_by_firms",
            "park_beyond",
            "park_works",
            "park_spent",
            "entry_over_usual",
            "density_productivity",
            "cluster_organisation",
        ),
    ),
    "projects": Actor(
        Label("Projects: from offer to production", "招商项目：从洽谈到投产"),
        (
            "projects_offered",
            "projects_tipped",
            "projects_signed",
            "projects_started",
            "relocations",
            "projects_planned",
            "projects_invested",
            "projects_lost",
            "moves_within",
        ),
    ),
    "central_money": Actor(
        Label("The centre's money and basic research", "中央资金与基础研究"),
        (
            "central_money_asked",
            "central_money_won",
            "central_plant",
            "national_projects_matched",
            "national_projects_added",
            "national_money_added",
            "basic_research",
            "basic_results_under_way",
            "basic_patents",
        ),
    ),
    "filing": Actor(
        Label("Filing and pledges of inventions", "专利申请与质押"),
        (
            "filing_quality",
            "high_value_share_granted",
            "pledging_firms",
            "pledged_inventions",
            "pledge_loans",
            "pledge_loans_swapped",
            "high_value_by_pledge",
        ),
    ),
}  # fmt: skip
