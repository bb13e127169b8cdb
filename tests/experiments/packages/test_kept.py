"""What searches leave in a folder: forms, damage, figures, report, words and tables made from plain
values."""

import copy
import json
import re
import sys

import numpy as np
import pytest
import toy_province

from experiments.__main__ import main
from experiments.command.printed_json import printed_json
from experiments.exits import CorruptData
from experiments.figures import SEARCHED, figure_named, files
from experiments.language.chosen import ZH, speaking
from experiments.language.words import by_english
from experiments.packages.kept import kept_reaches, kept_searches
from experiments.packages.reach_table import told
from experiments.packages.reach_words import paragraph
from experiments.packages.search_table import told as told_of_search
from experiments.packages.search_words import paragraph as words_of_search
from experiments.packages.surroundings import FACTORS
from experiments.report.markup import escaped
from experiments.store.forms import checked
from experiments.store.store import claimed
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

TARGETS = load_targets()


def chance(hits, runs=100):
    return {
        "hits": hits,
        "runs": runs,
        "failed": 0,
        "probability": hits / runs,
        "low": max(0.0, hits / runs - 0.07),
        "high": min(1.0, hits / runs + 0.05),
        "method": "Wilson",
    }


def estimate(mean, half):
    return {"mean": mean, "low": mean - half, "high": mean + half}


CONDITIONS = {
    "target": "hnte_count",
    "called": "Certified high-tech enterprises",
    "wanted": 13_000.0,
    "comparison": ">=",
    "unit": "firms",
    "digits": 0,
    "probability": 0.95,
    "base": "as_in_2020",
    "region": "hunan",
    "world": "calm",
    "parameters": "central parameters",
    "approximate": "",
    "seed": 0,
    "scale": 0.1,
    "pairs": 8,
    "evaluations": 160,
    "tried": 150,
    "replications": 100,
    "judged_at": 1.0,
    "cap": 50.0,
    "fiscal_cap": 252.1,
    "begins": 2022,
    "levers": ["startup_loans", "approval_reform"],
    "looked_at": ["startup_loans"],
    "not_searched": {"super_deduction": "decided by the centre"},
    "command": "sanxiang reach hnte_count probability=.95",
}
SETTING = {
    "lever": "startup_loans",
    "field": "budget",
    "unit": "yuan/year",
    "in_force": 0.0,
    "value": 2e8,
    "most": 2e9,
    "top_of_range": 2e9,
    "at_most": False,
    "bounded_by": "range",
}


def reached(met=True):
    """An answer of reach: one that was found, or one that nothing reaches."""
    return {
        "conditions": CONDITIONS,
        "reached": met,
        "nothing_needed": False,
        "base": {"chance": chance(89), "reached_with": 12_240.0},
        "package": {
            "name": "reach_hnte_count_95_0a1b2c",
            "file": "r/reforms/x.yaml",
            "settings": [SETTING],
            "chance": chance(96 if met else 91),
            "reached_with": 13_050.0 if met else 12_600.0,
            "gap": 50.0 if met else -400.0,
            "cost": estimate(1.63, 0.2),
            "cost_of_base": 260.1,
            "cost_in_pairs": 1.5,
            "reached_with_in_pairs": 13_010.0,
            "effects": [
                {
                    "target": name,
                    "unit": "x",
                    "effect": estimate(1.0, 0.5),
                    "before": chance(50),
                    "after": chance(55),
                }
                for name in TARGETS
            ],
            "not_spent": [{"programme": "startup_loans", "appropriated_more": 8.0, "left_over_more": 6.4}],
        },
        "rounds": [
            {
                "name": "reach_hnte_count_95_0a1b2c",
                "chance": chance(96),
                "reached_with": 13_050.0,
                "cost": 1.63,
            }
        ],
        "bounds": []
        if met
        else [{"bound": "range", "of": "startup_loans.interest", "at": 1.0, "unit": "share"}],
        "everything_at_most": {
            "reached_with": 14_800.0,
            "reaches": True,
            "cost": 900.0,
            "may_be_spent": False,
        },
        "alone": [{"lever": "startup_loans", "at": "dose", "gain": 280.0, "cost": 1.2, "sure": True}],
        "instead": [] if met else [instead("entry"), instead("coverage", sure=False)],
    }


def instead(name, sure=True):
    return {
        "name": name,
        "called": f"{name} grows",
        "unit": "% a year",
        "expected": 5.0,
        "sd": 6.0,
        "slope": estimate(0.4, 0.1 if sure else 0.9),
        "slope_unit": "% of the target's value",
        "shift": estimate(2.5, 0.8) if sure else None,
        "shift_in_sds": estimate(0.4, 0.13) if sure else None,
        "run": {
            "shift": 2.7,
            "in_sds": 0.45,
            "reaches": True,
            "beyond": 20.0,
            "chance": chance(31, 32),
            "world": "r/worlds/entry.yaml",
        }
        if sure
        else None,
    }


def reach_record(met=True, key="a" * 64, target="hnte_count"):
    answer = reached(met)
    return {
        "key": key,
        "form": 1,
        "target": target,
        "label": {"en": "Certified enterprises", "zh": "高新技术企业"},
        "unit": {"en": "firms", "zh": "家"},
        "region": "hunan",
        "base": "as_in_2020",
        "probability": 0.95,
        "wanted": 13_000.0,
        "tried": [[0.0, 12_240.0], [1.5, 13_010.0], [900.0, 14_800.0], [0.2, 12_500.0]],
        "allowed": [True, True, False, True],
        "confirmed": [[0.0, 12_240.0], [1.63, 13_050.0]],
        "described": "150 packages",
        "words": paragraph(answer),
        "answer": answer,
    }


OBJECTIVES = [
    {
        "name": "targets_met",
        "label": {"en": "targets met, of all", "zh": "实现目标数"},
        "unit": {"en": "targets", "zh": "项"},
        "less": False,
    },
    {
        "name": "value_added",
        "label": {"en": "value added", "zh": "增加值"},
        "unit": {"en": "亿元", "zh": "亿元"},
        "less": False,
    },
    {
        "name": "cost",
        "label": {"en": "public cost", "zh": "成本"},
        "unit": {"en": "亿元", "zh": "亿元"},
        "less": True,
    },
]


def searched():
    """An answer of search."""
    regret = {"mean": 20.0, "worst": 5.0, "regret": 1.0, "worst_regret": 4.0, "best_in": 0.7}
    point = {"levers": {"startup_loans": {"budget": 2e8}}, "begins": 2022, "where": []}
    package = {
        "file": "r/reforms/b.yaml",
        "absorbs": True,
        "cost_in_pairs": 49.5,
        "values": {"targets_met": 3.3, "value_added": 60.0, "cost": 49.5},
        "lever": {"startup_loans": {"budget": {2022: 2e8}}},
        "begins": 2022,
        "where": [],
        "regret": {"targets_met": regret, "value_added": regret | {"worst_regret": 9.0}},
        "at_full_size": {
            "calm": {
                "cost": estimate(50.2, 0.5),
                "value_added": estimate(61.0, 9.0),
                "chances": {name: {"before": chance(50), "after": chance(53)} for name in TARGETS},
            }
        },
    }
    other = copy.deepcopy(package) | {"absorbs": False}
    return {
        "conditions": {
            name: value
            for name, value in CONDITIONS.items()
            if name not in ("target", "called", "probability")
        }
        | {
            "worlds": ["calm"],
            "unseen_pairs": 24,
            "begins": [2022, 2023],
            "places": [[]],
            "objectives": ["targets_met", "value_added", "cost"],
        },
        "objectives": OBJECTIVES,
        "front": [
            {"values": {"targets_met": 3.0 + k, "value_added": 10.0 * k, "cost": 5.0 * k}, **point}
            for k in range(40)
        ],
        "in_force": {"targets_met": 3.0, "value_added": 0.0, "cost": 0.0},
        "amount": 50.0,
        "chosen": [
            package | {"name": "best_value_added_aaaaaa", "best_for": "value_added"},
            other | {"name": "best_targets_met_bbbbbb", "best_for": "targets_met"},
        ],
        "least_regret": {"targets_met": "best_value_added_aaaaaa", "value_added": "best_value_added_aaaaaa"},
    }


def search_record():
    answer = searched()
    return {
        "key": "b" * 64,
        "form": 1,
        "region": "hunan",
        "base": "as_in_2020",
        "objectives": OBJECTIVES,
        "tried": [[3.0, 0.0, 0.0], [3.2, 30.0, 20.0], [3.3, 60.0, 49.5], [3.1, 10.0, 30.0]],
        "on_front": [0, 1],
        "chosen": {"best_value_added_aaaaaa": 2},
        "described": "240 packages",
        "words": words_of_search(answer),
        "answer": answer,
    }


# --- words and tables ---


def test_words_say_what_it_takes_what_it_costs_and_how_sure_that_is():
    said = paragraph(reached())
    assert "Wanted: Certified high-tech enterprises, at least 13,000 firms, with probability 0.95." in said
    assert "cheapest found costs +1.63 亿 [+1.43 – +1.83] more than as_in_2020" in said
    assert "startup_loans.budget 2 亿 (now 0)" in said
    assert "96 of 100 runs (95 % interval 89 to 100 %)" in said and "it is not sure" in said
    assert "startup_loans (6.4 of 8.0 亿)" in said and "Instead" not in said


def test_words_of_what_is_missing_name_the_bounds_and_the_world_instead():
    said = paragraph(reached(met=False))
    assert "No package reaches it" in said and "400 firms short" in said
    assert "What binds: at the top of their range: startup_loans.interest (1)." in said
    assert "Every lever at its most at once would reach it" in said and "beyond the money" in said
    assert "entry grows: by regression +2.5 points a year [+1.7 – +3.3] against 5.00 expected" in said
    assert "run with +2.70 it reaches it, in 31 of 32 runs" in said
    assert "coverage grows: what it does cannot be told from nothing." in said


def test_nothing_needed_is_said_and_no_lever_that_helps_too():
    none = reached() | {"package": None, "rounds": [], "nothing_needed": True}
    assert paragraph(none).endswith("Nothing more is needed.")
    assert "No lever" in paragraph(none | {"nothing_needed": False, "reached": False}) and told(none)


@pytest.mark.parametrize("met", [True, False])
def test_text_and_json_of_reach_hold_all_of_it(met):
    text = told(reached(met))
    for words in ("hits/N", "the package sets", "P before", "a lever alone", "decided by the centre"):
        assert words in text
    assert ("what the world would have to be like" in text) == (not met)
    assert json.loads(printed_json(reached(met)))["reached"] == met


def test_text_of_search_shows_the_front_regrets_and_who_is_not_ranked():
    text = told_of_search(searched())
    for words in ("front (15 of 40 packages)", "least regret", "not ranked", "hits: sei_va"):
        assert words in text
    said = words_of_search(searched())
    assert "40 are on the front" in said and "cannot spend as much as the others" in said
    assert "the least regret has, for targets met, of all: best_value_added_aaaaaa" in said


ENGLISH = re.compile(r"(?:[A-Za-z][a-z]+[ ,;:]+){3}[A-Za-z][a-z]+")


@pytest.mark.parametrize("met", [True, False])
def test_words_of_a_search_are_chinese_where_that_is_spoken_but_for_names(met):
    record = reach_record(met)
    both = {name: record[name] for name in ("label", "unit")}
    with speaking(ZH):
        said, best = paragraph(reached(met) | both), words_of_search(searched())
    assert "要求：高新技术企业，不低于13,000家，概率0.95。" in said and "后悔值最小" in best
    assert ENGLISH.findall(said) == ENGLISH.findall(best) == []


def test_what_a_search_is_kept_and_printed_as_is_english_whoever_asks():
    with speaking(ZH):
        text, best = told(reached()), told_of_search(searched())
    assert text == told(reached()) and best == told_of_search(searched())


def test_factors_and_their_units_have_both_languages():
    known = by_english("factors")
    labels = {one.label for one in FACTORS} | {one.unit for one in FACTORS} - {"%"}
    of_bounds = {"public cost", "public cost of a year"}
    of_targets = {"points", "points/yr", "points a year", "all targets together", "standard deviations"}
    assert set(known) == labels | of_bounds | of_targets


# --- in a folder ---


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": toy_province.TODAY)
    path = toy_province.results(
        tmp_path / "r", scenarios=[toy_province.scenario("plan", 0.003), toy_province.scenario()]
    )
    with claimed(path, toy_province.TODAY) as store:
        store.kept["reach"].keep(reach_record())
        store.kept["search"].keep(search_record())
    return path


def test_what_was_found_comes_out_as_it_was_kept(folder):
    (held,), (best,) = kept_reaches(folder), kept_searches(folder)
    assert {name: held[name] for name in reach_record()} == reach_record()
    plain = json.loads(json.dumps(search_record()))
    assert {name: best[name] for name in plain} == plain


@pytest.mark.parametrize(
    "change",
    [
        {"tried": []},
        {"allowed": [True]},
        {"probability": 1.5},
        {"target": "../x"},
        {"wanted": float("inf")},
        {"confirmed": []},
    ],
)
def test_a_record_of_reach_of_another_form_is_damaged(change):
    checked("reach", reach_record() | {"of": "0" * 64}, "file")
    with pytest.raises(CorruptData):
        checked("reach", reach_record() | {"of": "0" * 64} | change, "file")


@pytest.mark.parametrize(
    "change", [{"tried": [[1.0]]}, {"on_front": [9]}, {"chosen": {"x": 9}}, {"objectives": OBJECTIVES[:1]}]
)
def test_a_record_of_search_of_another_form_is_damaged(change):
    checked("search", search_record() | {"of": "0" * 64}, "file")
    with pytest.raises(CorruptData):
        checked("search", search_record() | {"of": "0" * 64} | change, "file")


def test_a_record_of_tries_whose_numbers_are_missing_is_damaged():
    whole = {
        "key": "c" * 64,
        "of": "0" * 64,
        "form": 1,
        "measures": ["spent", "gdp"],
        "packages": {"d" * 64: [1.0, None]},
    }
    checked("try", whole, "file")
    with pytest.raises(CorruptData):
        checked("try", whole | {"packages": {"d" * 64: [1.0]}}, "file")


def test_a_damaged_one_is_told_and_put_aside(folder, capsys):
    (path,) = (folder / "reaches").iterdir()
    path.write_text(path.read_text().replace("13000", "14000", 1))
    assert main(["verify", str(folder)]) == 65 and path.name in "".join(capsys.readouterr())
    with claimed(folder, toy_province.TODAY) as store:
        assert store.quarantine_damaged()
    assert (folder / "quarantine" / path.name).exists() and not kept_reaches(folder)


def test_verify_counts_searches(folder, capsys):
    assert main(["verify", str(folder)]) == 0
    assert "1 reaches and 1 searches" in capsys.readouterr().out


def test_the_report_has_a_section_with_words_and_figures(folder):
    assert main(["report", str(folder)]) == 0
    page = (folder / "report.html").read_text("utf-8")
    assert "What it would take" in page and "no proof that there is no better one" in page
    assert "Certified enterprises with probability 0.95" in page
    for said in (paragraph(reached()), words_of_search(searched())):
        assert escaped(said) in page
    assert f"figure-reach-{'a' * 12}" in page and f"figure-front-{'b' * 12}" in page


def test_the_section_is_chinese_where_that_is_spoken(folder):
    assert main(["report", str(folder), "language=zh"]) == 0
    page = (folder / "report.html").read_text("utf-8")
    assert "要求：高新技术企业，不低于13,000家" in page and "试算150个组合" in page
    assert "Wanted:" not in page and "on the front" not in page
    assert f"figure-reach-{'a' * 12}" in page and f"figure-front-{'b' * 12}" in page


@pytest.mark.parametrize("name", SEARCHED)
def test_a_figure_is_drawn_with_its_small_print_and_the_same_bytes_each_time(folder, name):
    from experiments.figures.material.folder import evidence_of

    evidence = evidence_of(folder)
    figure, axes, data = figure_named(name)(evidence, language="en")
    assert set(np.ravel(axes)) == set(figure.axes) and len(data)
    small = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    for part in (f"sanxiang figure {name} ", "search=", "published to 2020", "packages"):
        assert part in small
    again = figure_named(name)(evidence, language="en")[0]
    assert files.drawn_as(figure, ".svg") == files.drawn_as(again, ".svg")
    with pytest.raises(InputError, match="unknown search 'zz'"):
        figure_named(name)(evidence, search="zz")


def test_the_most_for_the_money_is_drawn_as_a_line_of_packages_that_none_outdoes(folder):
    from experiments.figures.reach import frontier, rows_drawn

    rows = rows_drawn(reach_record())
    assert rows.kind.tolist() == ["tried", "tried", "beyond", "tried", "in_force", "full"]
    assert frontier(rows[rows.kind == "tried"]).cost.tolist() == [0.0, 0.2, 1.5]


@pytest.mark.parametrize(
    ("name", "made_by"), [("reach", "sanxiang reach TARGET"), ("front", "sanxiang search")]
)
def test_a_figure_of_a_folder_without_a_search_says_how_one_is_made(tmp_path, monkeypatch, name, made_by):
    from experiments.figures.material.folder import evidence_of

    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    evidence = evidence_of(toy_province.results(tmp_path / "r", scenarios=[toy_province.scenario()]))
    with pytest.raises(InputError, match=made_by):
        figure_named(name)(evidence)
