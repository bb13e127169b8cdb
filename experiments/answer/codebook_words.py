"""What the columns of tables mean that every sweep has: unit, and a sentence in English and in Chinese."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """Of a column."""

    en: str
    zh: str
    unit: str = ""


OF_A_RUN = {
    "run_id": Words(
        "identity of the run: a digest of its values, data and sources", "模拟编号（取值、数据与程序的摘要）"
    ),
    "point": Words("case: the scenario and the swept values behind it", "情形：方案及其扫描取值"),
    "scenario": Words("name of the scenario", "方案名称"),
    "region": Words("region that was simulated", "模拟的地区"),
    "world": Words("world: the paths outside the province, and the law", "外部环境情景"),
    "scale": Words(
        "size of the simulated economy; amounts and counts as simulated are of this size",
        "模拟经济的规模，模拟原值对应该规模",
        "multiple of the region's economy",
    ),
    "seed": Words("seed of all luck", "随机种子"),
    "n": Words(
        "replication: runs of one number have the same luck in every case",
        "重复序号：同号模拟在各情形中运气相同",
    ),
    "draw": Words("number of the set of parameters", "参数组序号"),
    "given": Words("swept values as on the command line", "扫描取值（命令行写法）"),
    "mark": Words(
        "fingerprint of the content, where one name stands for several", "内容指纹（同名不同内容时）"
    ),
    "sweep": Words(
        "older sweep of which the case is, where a newer one has its name", "所属的较早一次扫描（同名时）"
    ),
    "status": Words("pending, running, ok, failed, timeout or lost", "状态"),
    "stage": Words("part of the model in which a run failed", "失败所在的模型部分"),
    "error": Words("what a failed run said", "失败信息"),
    "rerun": Words("command that repeats a run without a result", "重算命令"),
    "duration_s": Words("time of computing, the common past divided among the runs", "计算时间", "seconds"),
    "public_cost": Words("appropriations of programmes in 2021-25", "专项资金安排（2021—2025年）", "yuan"),
    "public_spending": Words("spending of programmes in 2021-25", "专项资金支出（2021—2025年）", "yuan"),
    "statistical_coverage": Words(
        "published over actual emerging value added in 2025", "2025年公布增加值与实际之比", "ratio"
    ),
    "accounts": Words("accounts of blocks in 2021-25, as JSON", "分块账户（JSON）", "yuan"),
    "closure": Words("what gives when programmes cost more", "预算平衡方式"),
    "levers": Words("values of all levers by year, as JSON", "全部政策工具取值（JSON）"),
    "parameters": Words(
        "values of all parameters, as JSON; of tables of targets: where they come from",
        "全部参数取值（JSON）；目标表中为参数来源",
    ),
    "parameters_sha256": Words("digest of the parameters", "参数摘要"),
    "first_year": Words("first year", "起始年份", "year"),
    "last_year": Words("last year", "终止年份", "year"),
    "cells_sha256": Words("digest of the run's cells, kept or not", "分地区分行业数据的摘要"),
    "traceback": Words("where a failed run failed", "失败位置"),
    "year": Words("year", "年份", "year"),
    "quarter": Words("quarter of the year, 1 to 4", "季度"),
    "prefecture": Words("prefecture", "市州"),
    "industry": Words("industry", "行业"),
}
OF_AN_ANSWER = {
    "scenario": Words("case that is told of", "情形"),
    "baseline": Words("case that it is compared with", "比较基准情形"),
    "target": Words("target of the plan; all: every one in the same run", "规划目标；all 为同时实现"),
    "unit": Words("unit of the row's values", "数值单位"),
    "median": Words("median over finished runs", "中位数", "as the row says"),
    "p05": Words("5th percentile over finished runs", "第5百分位数", "as the row says"),
    "p95": Words("95th percentile over finished runs", "第95百分位数", "as the row says"),
    "hits": Words("runs that meet the target", "达标次数", "runs"),
    "runs": Words("runs that ended", "已结束的模拟次数", "runs"),
    "failed": Words("runs that ended without a value", "无结果的模拟次数", "runs"),
    "probability": Words("share of finished runs that meet the target", "达标概率", "share"),
    "low": Words("lower end of the 95 % interval", "95%区间下限"),
    "high": Words("upper end of the 95 % interval", "95%区间上限"),
    "attainment": Words("median over the target", "中位数与目标值之比", "ratio"),
    "activity": Words(
        "median by activity alone, without what statistics add", "剔除统计因素的中位数", "as the row says"
    ),
    "statistical_coverage": Words(
        "what statistical coverage adds, median", "统计覆盖的贡献（中位数）", "as the row says"
    ),
    "statistical_coverage_p05": Words("the same, 5th percentile", "同上，第5百分位数", "as the row says"),
    "statistical_coverage_p95": Words("the same, 95th percentile", "同上，第95百分位数", "as the row says"),
    "model_discrepancy": Words("what the model may miss, median", "模型偏差（中位数）", "as the row says"),
    "model_discrepancy_p05": Words("the same, 5th percentile", "同上，第5百分位数", "as the row says"),
    "model_discrepancy_p95": Words("the same, 95th percentile", "同上，第95百分位数", "as the row says"),
    "asked": Words("runs that were asked for", "应有模拟次数", "runs"),
    "done": Words("runs with a result", "完成次数", "runs"),
    "left": Words("runs still to compute", "未完成次数", "runs"),
    "parameters": Words("where parameters come from: central, prior or posterior", "参数来源"),
    "approximate": Words(
        "in what the model of a posterior differs; empty where it does not", "后验所用模型的差别"
    ),
    "pairs": Words("pairs of equal luck", "同运气配对数", "pairs"),
    "mean": Words("mean of the paired differences", "配对差的均值", "as the row says"),
    "greater": Words(
        "share of pairs in which the case is higher, ties counted half", "该情形更高的配对占比", "share"
    ),
    "gained": Words("pairs in which the case alone meets the target", "仅该情形达标的配对数", "pairs"),
    "lost": Words("pairs in which the baseline alone meets the target", "仅基准达标的配对数", "pairs"),
    "reclassified": Words(
        "difference of what statistics count, apart from activity", "统计口径差异", "as the row says"
    ),
    "reclassified_low": Words(
        "the same, lower end of the 95 % interval", "同上，区间下限", "as the row says"
    ),
    "reclassified_high": Words(
        "the same, upper end of the 95 % interval", "同上，区间上限", "as the row says"
    ),
}
OF_A_RESPONSE = {
    "field": Words("field of a lever", "政策工具的字段"),
    "unit": Words("unit of the dose", "剂量单位"),
    "scale": Words("size of the simulated economy", "模拟经济的规模", "multiple of the region's economy"),
    "dose_in_force": Words("dose in force in 2020, held", "2020年现行剂量", "as the row says"),
    "dose": Words("dose from 2021 on", "2021年起的剂量", "as the row says"),
    "measure": Words("what is measured", "指标"),
    "n": Words("replication", "重复序号"),
    "value": Words("value at the dose, at the size of the province", "该剂量下的数值（全域规模）"),
    "value_in_force": Words("value at the dose in force, with the same luck", "现行剂量下的数值（同运气）"),
}
SAYS = {"targets": OF_AN_ANSWER, "differences": OF_AN_ANSWER, "responses": OF_A_RESPONSE}
"""By table; those of runs, series and cells have OF_A_RUN."""
OF_A_TARGET = {
    "value": Words("{}, scaled to the base of 2020", "{}（按2020年基数校准）"),
    "plain": Words("{}", "{}"),
    "unscaled": Words("{}, as simulated", "{}（模拟原值）"),
    "also": Words("{}, by its second definition", "{}（第二口径）"),
    "activity": Words("{}, by activity alone", "{}（剔除统计因素）"),
    "modelled": Words("{}, without what the model may miss", "{}（不含模型偏差）"),
}
"""The parts of an outcome that are values."""
OF_A_HIT = {
    "": Words("whether the run meets it: {}", "是否达标：{}"),
    "also": Words("whether the run meets it by its second definition: {}", "是否按第二口径达标：{}"),
    "activity": Words("whether the run meets it by activity alone: {}", "剔除统计因素后是否达标：{}"),
}
"""Those that are truths, by what they are of."""
OF_A_BASE = Words("base of 2020: {}, published or drawn", "2020年基数：{}（公布值或抽取值）")
SWEPT = Words("swept: {}", "扫描取值：{}")
