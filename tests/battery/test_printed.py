"""P1: the report and the brief as people read them: on paper, on a phone, in the dark, in both languages.

Made of the shipped sweep at a small scale; drawn by a Chromium, by `make battery` alone.
"""

import io

import pytest
from pypdf import PdfReader

from experiments import sweep
from experiments.figures.drawing.text import chinese_family
from experiments.language.chosen import LANGUAGES, ZH, speaking
from experiments.report.report import write_all
from experiments.report.written_brief import write_brief

MOST_SHEETS, OF_A_BRIEF = 20, 2
A4 = {"width": 688, "height": 1017}  # what 14 mm margins leave, in pixels of CSS
PHONE, DESK = 400, 1300
PRINTED = "[...document.querySelectorAll('figure, .answers li')].map(e => e.getBoundingClientRect().height)"
WIDE = "document.documentElement.scrollWidth"
PAPER = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module", params=LANGUAGES)
def read(request, chromium, tmp_path_factory):
    """The report and the brief of the shipped scenarios, in a language."""
    if request.param == ZH and chinese_family() is None:
        pytest.skip("needs a Chinese font")
    folder = tmp_path_factory.mktemp("printed") / "r"
    sweep("parameters=central", "population.scale=0.02", "replications=2", f"results={folder}", quiet=True)
    with speaking(request.param):
        return write_all(folder), write_brief(folder)


@pytest.fixture
def shown(chromium):
    """A function that opens a file at a width."""
    page = chromium.new_page()

    def open_file(path, width=DESK, **media):
        page.set_viewport_size({"width": width, "height": 1200})
        page.emulate_media(**({"media": "screen", "color_scheme": "light"} | media))
        page.goto(path.as_uri(), wait_until="load")
        return page

    yield open_file
    page.close()


def sheets(page):
    return len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def test_the_report_prints_on_few_sheets_and_the_brief_on_two(battery, shown, read):
    report, (brief, pdf) = read
    found = *(sheets(shown(one, media="print")) for one in (report, brief)), len(PdfReader(pdf).pages)
    battery.record("P1", 2 < found[0] <= MOST_SHEETS, f"report: {found[0]} sheets")
    battery.record("P1", found[1:] == (OF_A_BRIEF, OF_A_BRIEF), f"brief: {found[1]} sheets, PDF {found[2]}")


def test_no_figure_and_no_answer_is_taller_than_a_sheet_and_none_may_be_cut(battery, shown, read):
    page = shown(read[0], A4["width"], media="print")
    tall = page.evaluate(PRINTED)
    battery.record("P1", bool(tall) and max(tall) < A4["height"], f"{max(tall)} pixels")
    kept = "getComputedStyle(document.querySelector('figure')).breakInside"
    battery.record("P1", page.evaluate(kept) == "avoid", "a figure may be cut in two")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_nothing_reaches_past_the_side_of_the_screen(battery, shown, read, width):
    for path in (read[0], read[1][0]):
        wide = shown(path, width).evaluate(WIDE)
        battery.record("P1", wide <= width, f"{path.name}: {wide} pixels at {width}")


def test_the_page_is_dark_where_that_is_asked_for_and_white_on_paper(battery, shown, read):
    for path in (read[0], read[1][0]):
        dark, light = (shown(path, color_scheme=one).evaluate(PAPER) for one in ("dark", "light"))
        paper = shown(path, color_scheme="dark", media="print").evaluate(PAPER)
        battery.record("P1", dark != light == paper, f"{path.name}: {dark} {light} {paper}")


def test_a_link_to_what_is_folded_opens_it(battery, shown, read):
    page = shown(read[0])
    page.click("nav a[href='#glossary']")
    open_ = page.evaluate("document.querySelector('#glossary').closest('details').open")
    battery.record("P1", open_, "the fold stays closed")
