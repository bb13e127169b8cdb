"""Every word that the page shows, in English and Chinese: one table, of which a test refuses half an entry."""

from __future__ import annotations

from experiments.language.words import by_english
from scenarios.values.errors import InputError, unknown

LANGUAGES = ("en", "zh")

WORDS: dict[str, tuple[str, str]] = {
    # the page
    "title": ("What would it take?", "怎样才能实现？"),
    "subtitle": (
        "Hunan's plan for strategic emerging industries, its seven targets for 2025, and what policy changes",
        "湖南省战略性新兴产业规划：2025年七项目标与政策的作用",
    ),
    "skip": ("Skip to the answer", "跳到结果"),
    "language": ("中文", "English"),
    "policy": ("Policy", "政策"),
    "base": ("It begins with", "以此为起点"),
    "against": ("Compared with", "与此比较"),
    "closure": ("What pays for more than in 2020", "超出2020年的支出由何承担"),
    "reprioritise": ("other public spending", "调整其他财政支出"),
    "borrow": ("borrowing", "举债"),
    "higher_taxes": ("higher taxes", "增税"),
    "as_base": ("as in the scenario", "与起点方案相同"),
    "my_policy": ("my policy", "我的方案"),
    "thrusts": ("Measures, by the plan's thrusts", "政策措施（按规划的制高点）"),
    "of_plan": ("In the plan", "规划原文"),
    "unnamed": ("No thrust of the plan", "规划未列入"),
    "set": ("{} changed", "已改{}项"),
    "in_force": ("in the scenario {}", "起点方案 {}"),
    "from_year": ("from", "起始年份"),
    "usual": ("as in the scenario", "与起点方案相同"),
    "somewhere": ("For some prefectures or industries alone", "仅限部分市州或产业"),
    "place": ("Prefecture", "市州"),
    "industry": ("Industry", "产业"),
    "everywhere": ("all prefectures", "全部市州"),
    "every_industry": ("all industries", "全部产业"),
    "whole_only": ("For the whole province only.", "仅适用于全省。"),
    "as_in_link": ("as in the link: {}", "如链接所示：{}"),
    "remove": ("Remove", "移除"),
    "reset": ("Undo all changes", "撤销全部修改"),
    "assumptions": ("Assumptions and the world outside", "假设与外部环境"),
    "world": ("World", "外部环境"),
    "parameters": ("Parameters", "参数"),
    "usual_sets": ("as usual", "默认"),
    "central": ("one central set", "一组中心值"),
    "prior": ("drawn from priors", "先验抽样"),
    "posterior": ("learnt from 2016–20", "由2016—2020年数据学得"),
    "parameter": ("A parameter of its own", "单独设定一个参数"),
    "parameter_value": ("Value", "数值"),
    "horizon": ("Last year", "模拟到"),
    "seed": ("Luck begins with seed", "随机种子"),
    # how far the answer is
    "answer": ("The answer", "结果"),
    "waiting": ("The first runs are under way.", "首批模拟正在进行。"),
    "compiling": (
        "The model is being compiled, once for this version: about two minutes.",
        "模型正在编译，每个版本仅一次，约需两分钟。",
    ),
    "so_far": (
        "{n} of {all} pairs of runs with equal luck, at a tenth of the province's size",
        "已完成{n}/{all}对同运气模拟，规模为全省的十分之一",
    ),
    "complete": (
        "{n} pairs of runs with equal luck, at a tenth of the province's size",
        "{n}对同运气模拟，规模为全省的十分之一",
    ),
    "sets": ("{} sets of parameters, {}", "{}组参数，{}"),
    "one_set": ("one central set of parameters", "所有模拟使用同一组参数值，未计入参数不确定性"),
    "failed": ("{} runs failed", "{}次模拟失败"),
    "cannot_run": (
        "This cannot be run as it stands; the last answer is no longer of it.",
        "当前设定无法运行。",
    ),
    "left_out": ("Left out of this page, everything else kept:", "以下内容未采用，其余保留："),
    "closed": (
        "The program has ended or cannot be reached. Start `sanxiang explore` again.",
        "程序已结束或无法连接，请重新运行 sanxiang explore。",
    ),
    "headline": (
        "{policy}: {likely} of seven targets are likelier met than not, {unlikely} are not; the probability that all seven are met is {all}.",
        "{policy}：七项目标中{likely}项达成的概率过半，{unlikely}项不过半；七项全部达成的概率为{all}。",
    ),
    "headline_all": (
        "{policy}: each of the seven targets is likelier met than not; the probability that all seven are met is {all}.",
        "{policy}：七项目标达成的概率均过半；七项全部达成的概率为{all}。",
    ),
    "likelier": ("Likelier than not: {}.", "概率过半：{}。"),
    "unlikelier": ("Less likely than not: {}.", "概率不过半：{}。"),
    "comma": (", ", "、"),
    "colon": (": ", "："),
    "closes": (", {share} of what “{other}” lacks", "，相当于“{other}”所差部分的{share}"),
    "below_percent": ("less than 1 %", "不到1%"),
    "percent": ("{} %", "{}%"),
    "why_link": ("What each thrust has of this, and at what cost", "各制高点在其中的作用与成本"),
    "to_controls": ("Change the policy", "修改政策"),
    "against_change": ("Against “{other}” it changes:", "与“{other}”相比："),
    "no_change": (
        "Against “{other}” it changes no target by more than luck would.",
        "与“{other}”相比，各目标的变化均不超出运气所致。",
    ),
    "cost": (
        "Programmes pay {mine} in 2021–25, {more} against “{other}”.",
        "2021—2025年专项支出{mine}，与“{other}”相差{more}。",
    ),
    # views
    "views": ("Views", "视图"),
    "view_targets": ("Targets", "目标"),
    "view_fan": ("Paths", "路径"),
    "view_map": ("Map", "地图"),
    "view_industries": ("Industries", "产业"),
    "view_money": ("Money", "资金"),
    "view_response": ("One lever", "单项杠杆"),
    "view_why": ("Why", "原因"),
    "target": ("Target", "目标"),
    "demand": ("Plan", "规划值"),
    "median": ("2025: median [5–95 %]", "2025年中位数[5—95%]"),
    "chance": ("Probability (95 % interval)", "概率（95%区间）"),
    "distance": ("Attained", "达成度"),
    "change": ("Change against “{}” (95 %)", "与“{}”之差（95%）"),
    "all": ("All together", "全部同时实现"),
    "none_measurable": ("no measurable difference: {} to {}", "无可测差异：{}至{}"),
    "not_in_any": ("no difference in any pair", "所有配对均无差异"),
    "one_pair": ("{}, of one pair", "{}（仅一对）"),
    "indicator": ("Indicator", "指标"),
    "year": ("Year", "年份"),
    "show": ("Show", "显示"),
    "level": ("value under the policy", "方案下的数值"),
    "difference": ("difference", "差异"),
    "key_low": ("less", "较少"),
    "key_high": ("more", "较多"),
    "unsure": ("interval contains zero", "区间含零"),
    "of_pairs": ("{} pairs", "{}对模拟"),
    "value_column": ("{} (median)", "{}（中位数）"),
    "difference_column": ("Mean difference [95 %]", "平均差异[95%]"),
    "drawing": ("The figure is drawn from {} pairs; more follow.", "图据{}对模拟绘制，后续更新。"),
    "no_figure": ("The figure appears after the first {} pairs.", "首批{}对模拟完成后显示图。"),
    "fan_alt": (
        "Paths to 2025 of {target} under {policy} and {other}; the table of targets has its numbers.",
        "{target}至2025年的路径：{policy}与{other}；数值见目标表。",
    ),
    "money_alt": (
        "Who paid and who received programme money under {policy} and {other}, in 100 million yuan.",
        "{policy}与{other}下专项资金的支付方与接收方（亿元）。",
    ),
    "response_alt": ("What every dose of {lever} does to each target.", "{lever}各剂量对各目标的作用。"),
    "why_alt": (
        "Parts of the difference of {policy} by thrust, for each target.",
        "{policy}差异按制高点的分解。",
    ),
    "lever_field": ("Lever and value", "杠杆与取值"),
    "response_text": (
        "Every dose over its whole range, in pairs of equal luck, with central parameters and the policy of 2020. The same is computed by:",
        "在其全部范围内逐个剂量、同运气配对、参数取中心值、其余如2020年。同样的计算命令：",
    ),
    "why_text": (
        "What falls to each thrust of the difference, with its cost; intervals narrow as pairs come. The same is computed by:",
        "差异中各制高点所占部分及其成本；区间随模拟增多而收窄。同样的计算命令：",
    ),
    "study_begins": (
        "{n} of {all} pairs of runs with equal luck; the first runs are under way",
        "已完成{n}/{all}对同运气模拟，首批模拟正在进行",
    ),
    "study_runs": (
        "{n} of {all} pairs of runs with equal luck; {run} of {runs} runs, about {left} left",
        "已完成{n}/{all}对同运气模拟（{run}/{runs}次），约剩{left}",
    ),
    "study_done": ("{} pairs of runs with equal luck, kept", "{}对同运气模拟，已保存"),
    "under_way": ("How far it is", "进度"),
    "seconds": ("{} s", "{}秒"),
    "compute": ("Compute it (about {})", "开始计算（约{}）"),
    "minutes": ("{} minutes", "{}分钟"),
    "same_policy": (
        "The policy and what it is compared with are the same: nothing differs.",
        "方案与比较对象相同，没有差异。",
    ),
    # work behind
    "behind": ("Behind the page", "后台计算"),
    "full": ("Run it at the province's full size", "按全省规模运行"),
    "full_text": (
        "An ordinary sweep in {}; closing this page stops it, and the command goes on where it stopped.",
        "在 {} 中的普通批量模拟；关闭本页即停止，重复命令可继续。",
    ),
    "job_waits": ("waits for other work", "等待其他计算"),
    "job_runs": ("under way", "进行中"),
    "job_done": ("done", "已完成"),
    "job_failed": ("ended without a result: {}", "未得结果：{}"),
    "stop": ("Stop", "停止"),
    # taking it away
    "same": ("The same elsewhere", "用其他方式得到同样结果"),
    "link": ("Link", "链接"),
    "copy": ("Copy", "复制"),
    "copied": ("Copied", "已复制"),
    "command": ("Command line", "命令行"),
    "python": ("Python", "Python"),
    "reform": ("Reform file", "方案文件"),
    "upload": ("Open a reform file", "打开方案文件"),
    "download": ("Download", "下载"),
    "table": ("Table (CSV)", "表格（CSV）"),
    "figure_of": ("Figure ({})", "图（{}）"),
    "no_upload": ("The file was not used:", "文件未采用："),
}

FIELDS: dict[str, tuple[str, str]] = {
    "rate": ("Rate", "比例"),
    "cap": ("Cap", "上限"),
    "budget": ("Budget", "预算"),
    "entrants": ("Applicants per topic", "每题申报者"),
    "stage_gate": ("Held back until the milestone", "里程碑前扣留"),
    "audit": ("Audits", "审计"),
    "ratio": ("Match", "配套"),
    "addition": ("Addition to the national rate", "国家比例之上的附加"),
    "award": ("Award", "奖励"),
    "openness": ("Openness", "开放程度"),
    "platform": ("Platform", "平台"),
    "centres": ("Centres", "中心"),
    "deal_subsidy": ("Subsidy of a deal", "交易补贴"),
    "brokers": ("Brokers", "技术经纪人"),
    "share": ("Share", "份额"),
    "quality": ("Quality", "质量导向"),
    "pledge": ("Pledge", "质押"),
    "enrolment": ("Enrolment", "招生"),
    "training": ("Training", "培训"),
    "technician_pay": ("Pay of technicians", "技师待遇"),
    "number": ("Number", "数量"),
    "voucher": ("Voucher", "券"),
    "organisation": ("Organisation", "组织化"),
    "enclave": ("Enclave parks", "飞地园区"),
    "interest": ("Interest", "贴息"),
    "government_share": ("Share of government", "政府出资份额"),
    "loss_compensation": ("Compensation of losses", "损失补偿"),
    "fee": ("Fee", "费率"),
    "cut": ("Cut", "压减"),
    "information": ("Information", "信息"),
    "relief": ("Relief", "减负"),
    "coordination": ("Coordination", "协同"),
    "reallocation": ("Reallocation", "调整幅度"),
    "gap": ("Weight of distance", "差距权重"),
    "drift": ("Drift", "漂移"),
}
"""The fields of levers."""

YI = ("100 million yuan/year", "亿元/年")
"""How budgets are typed and shown."""
YUAN_A_YEAR = "yuan/year"


def say(key: str, language: str, *values: object, **named: object) -> str:
    """A text of the page, with values put in."""
    text = WORDS[key][LANGUAGES.index(language)]
    return text.format(*values, **named) if values or named else text


def field_name(key: str, language: str) -> str:
    """What a field of a lever is called."""
    return FIELDS.get(key, (key.replace("_", " "), key))[LANGUAGES.index(language)]


def unit_name(unit: str, language: str) -> str:
    """A unit of levers in a language; money a year in 亿."""
    if unit.startswith(YUAN_A_YEAR) and unit != "yuan/year per firm":
        rest = unit.removeprefix(YUAN_A_YEAR)
        zh = by_english("units").get(unit, unit).removeprefix("元/年")
        return f"{YI[0]}{rest}" if language == "en" else f"{YI[1]}{zh}"
    return unit if language == "en" else by_english("units").get(unit, unit)


def language_of(asked: str | None, accepted: str = "") -> str:
    """The language asked for, else the first that a browser accepts.

    Raises:
        InputError: there is no such language.
    """
    if asked is None:
        return "zh" if accepted.strip().casefold().startswith("zh") else "en"
    if asked not in LANGUAGES:
        raise InputError(unknown("language", asked, LANGUAGES))
    return asked
