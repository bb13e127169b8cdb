"""A report and a brief in Chinese hold no English sentence; what is English elsewhere has its Chinese."""

import re
import sys
from html.parser import HTMLParser

import pytest
import toy_game
import toy_province
from toy_province import results, scenario
from toy_response import toy_response

from experiments.answer.probability import probability
from experiments.figures.material.actor_series import ACTORS
from experiments.figures.material.folder import evidence_of
from experiments.figures.material.history import COMPARED
from experiments.language.chosen import EN, ZH, speaking
from experiments.language.words import PLACE, by_english, translated, words_of
from experiments.report import doses, why
from experiments.report.actors import section_of
from experiments.report.brief import brief
from experiments.report.brief_page import as_page
from experiments.report.drawn import wanted
from experiments.report.page import report_page
from experiments.report.picture import Picture
from experiments.why.explanation import explanation_of
from experiments.why.table import explained
from scenarios.load import load_levers
from scenarios.region.region import load_region
from scenarios.values.number import Status

HUNAN = load_region("hunan")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
LEFT_OUT = {"code", "style", "svg", "title"}
VOID = {"meta", "br", "hr", "use", "path"}
LEFT_OUT_OF_TEXT = re.compile(r"`[^`]*`|sanxiang [^，。；、）]*|Noto Sans CJK SC")
"""Commands, and the one name that has four words."""
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:()]+[A-Za-z][A-Za-z'’-]*){3,}")
"""Four words of ASCII letters and more: no name of a lever, a unit or a firm's product has so many."""


class Text(HTMLParser):
    """The text of a page outside code, figures and what says that it is in English."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.parts, self.open = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag in LEFT_OUT or (tag != "html" and dict(attrs).get("lang") == EN))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if not any(self.open):
            self.parts.append(data)


def english(page):
    """The runs of English words of a page."""
    return [
        found[0] for part in Text(page).parts for found in ENGLISH.finditer(LEFT_OUT_OF_TEXT.sub("", part))
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        cases = [scenario(), scenario("plan", 0.004), scenario("fails", 0.005)]
        yield results(tmp_path_factory.mktemp("chinese") / "r", cases, 5)


EXPLAINED = [toy_game.record(pairs=5), toy_game.record(pairs=5, spread=900.0, coverage=1.0, key="b" * 64)]


def pages(folder, language):
    """The report, without drawing its figures, and the brief."""
    with speaking(language):
        evidence, response = evidence_of(folder), toy_response()
        asked = [*wanted(evidence), *why.wanted(evidence, EXPLAINED)]
        drawn = [Picture(kind, section_of(kind, told), caption, SVG) for kind, caption, told in asked]
        drawn += [one._replace(svg=SVG) for one in doses.pictures([response])]
        page = report_page(evidence, drawn, [response], EXPLAINED)
        return page, as_page(brief(evidence, EXPLAINED))


def test_a_report_and_a_brief_in_chinese_hold_no_run_of_english_words(folder):
    for page in pages(folder, ZH):
        assert english(page) == []


def test_the_same_pages_in_english_are_full_of_them(folder):
    report, short = pages(folder, EN)
    assert len(english(report)) > 100 and len(english(short)) > 10


@pytest.mark.parametrize("record", EXPLAINED, ids=["sure", "unsure"])
def test_an_explanation_in_a_terminal_is_chinese_but_for_what_its_runs_were_called(record):
    with speaking(ZH):
        told = explained(explanation_of(record | {"described": "参数"}))
    assert ENGLISH.findall(told) == [] and "沙普利值" in told


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>the runs keep nothing</p>", ["the runs keep nothing"]),
        ("<p>中文 no part of it 中文</p>", ["no part of it"]),
        ("<p>three words only</p>", []),
        ("<p><code>a b c d</code> <span lang='en'>one two three four</span></p>", []),
        ("<p>命令：sanxiang levers effects all write。</p>", []),
    ],
)
def test_a_run_of_english_words_is_seen(page, found):
    assert english(page) == found


def methods():
    """What the methods are called, of every case that there is."""
    runs = [([1, 0, 1], [0, 1, 2]), ([0, 0, 0, 0], [0, 0, 1, 1]), ([1, 0, 1, 1], [0, 0, 1, 1])]
    return {
        probability([*hits, *gone], [*draws, *gone_draws]).method
        for hits, draws in runs
        for gone, gone_draws in (([], []), ([None], [draws[-1] + (len(draws) == 3)]))
    }


def units():
    fields = {number.unit for lever in load_levers().values() for number in lever.fields.values()}
    bases = {base.number.unit for base in HUNAN.bases.values() if not base.known}
    published = {HUNAN.series[one.series].unit for one in COMPARED}
    return fields | bases | published | {HUNAN.bases["sei_real_growth_2016_2020"].number.unit}


def reasons():
    return {base.number.source for base in HUNAN.bases.values() if not base.known}


@pytest.mark.parametrize(
    ("part", "texts"), [("units", units()), ("assumptions", reasons()), ("methods", methods())]
)
def test_what_configurations_say_in_english_has_its_chinese_and_nothing_else_has(part, texts):
    known = set(by_english(part))
    assert texts - known == set() and known - texts == set()


def test_a_text_that_no_part_knows_stands_as_it_is():
    with speaking(ZH):
        assert translated("units", "yuan/year") == "元/年"
        assert translated("units", "parrots a year") == "parrots a year"
    assert translated("units", "yuan/year") == "yuan/year"


def test_each_actor_figure_and_status_has_words():
    assert set(words_of(PLACE / "actors.yaml")) == set(ACTORS)
    assert set(words_of(PLACE / "facts.yaml")) == {one.label for one in COMPARED} | {"real_growth"}
    assert {f"status_{one.value}" for one in Status} <= set(words_of(PLACE / "report.yaml"))
