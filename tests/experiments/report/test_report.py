"""The report opens offline, runs no script, takes any name, and says what the store says."""

import re
import sys
from html.parser import HTMLParser

import pytest
import toy_province
from toy_province import results, scenario
from toy_response import KEYS, keeping, toy_response

from experiments import load_sweep
from experiments.answer.table import targets
from experiments.command import figure
from experiments.exits import CannotWrite, Exit
from experiments.figures import files
from experiments.figures.material.folder import evidence_of
from experiments.report import report
from experiments.report.drawn import wanted
from experiments.report.markup import Markup, element, escaped, table
from experiments.report.page import report_page
from experiments.store import outputs
from scenarios.values.errors import InputError

VOID = {"meta", "br", "hr", "use", "path", "rect", "line", "circle", "polygon", "polyline"}
HOSTILE = [
    "as_in_2020",
    '<script>alert(1)</script>"><img src=x onerror=alert(1)></style><b>',
    "{{body}} {{title}} $x$ _a =1+1 方案一 " + "b" * 300,
]
SECTIONS = [
    "answer",
    "why",
    "where",
    "sure",
    "hangs-on",
    "assumptions",
    "tables",
    "reading",
    "values",
    "measures",
    "plausibility",
    "provenance",
    "glossary",
]


class Page(HTMLParser):
    """What a browser would see: elements, attributes, text; and whether every element is closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.words, self.open, self.astray = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.astray.append(tag)

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


def written(folder, *scenarios, replications=20, given=None):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        results(folder, list(scenarios), replications, given)
        return report.write_all(folder)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain") / "results"
    return written(folder, scenario(), scenario("plan", 0.004), scenario("fails", 0.005))


@pytest.fixture(scope="module")
def page(path):
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "results"
    found = written(folder, *(scenario(name, 0.001 * k) for k, name in enumerate(HOSTILE)), replications=3)
    return Page(found.read_text(encoding="utf-8"))


def test_the_page_makes_no_request_and_holds_no_script(page):
    assert not {"script", "link", "iframe", "img", "object", "embed", "form", "base"} & set(page.elements)
    addresses = [value for name, value in page.attributes if name in ("href", "src", "xlink:href", "action")]
    assert addresses
    assert all(value.startswith("#") for value in addresses)
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_the_page_names_no_address_but_those_of_its_vocabularies(path):
    addresses = set(re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8")))
    assert {address.split("/")[2] for address in addresses} <= {"www.w3.org"}


def test_the_page_forbids_scripts_and_requests_to_the_browser(page):
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in value)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_element_is_closed_in_order(page, hostile):
    for one in (page, hostile):
        assert (one.open, one.astray) == ([], [])


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    ids = [value for name, value in page.attributes if name == "id"]
    links = {value[1:] for name, value in page.attributes if name in ("href", "xlink:href")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)


def test_all_sections_are_there(page):
    ids = [value for name, value in page.attributes if name == "id"]
    assert [name for name in ids if name in SECTIONS] == SECTIONS


def test_each_actor_the_store_has_gets_a_section_with_its_reading_the_money_first(page):
    ids = [value for name, value in page.attributes if name == "id"]
    sections = ["money", "actors-firms", "actors-universities", "actors-bank", "prefectures"]
    assert [name for name in ids if name in sections] == sections
    assert ids.index("tables") < ids.index("money") < ids.index("measures")
    assert {f"figure-{name}" for name in [*sections[:4], "prefectures-incentive"]} <= set(ids)
    assert "actors-funds" not in ids
    assert re.search(r"What all programmes paid .* as_in_2020 [\d.]+ of 50; plan [\d.]+ of 50", page.text)
    assert re.search(
        r"Median of 2025, licence income of inventors \(100 m yuan\): as_in_2020 [\d.]+; plan", page.text
    )


def test_the_page_is_below_five_megabytes(path):
    assert path.stat().st_size < 5e6


def test_each_letter_is_outlined_once_in_the_whole_page(path):
    text = path.read_text(encoding="utf-8")
    outlines = re.findall(r'<path id="glyph-\d+" ([^>]*)/>', text)
    assert len(outlines) == len(set(outlines)) > 50
    assert text.count('transform="scale(0.015625)"') == len(outlines)


def test_a_shared_outline_is_found_under_its_new_name():
    letter = 'd="M 0 1" transform="scale(0.015625)"'
    page = (
        f'<path id="a-1" {letter}/>\n<use href="#a-1"/><path id="b-1" {letter}/><use href="#b-1"/><p id="x">'
    )
    assert files.sharing_glyphs(page) == (
        f'<path id="glyph-0" {letter}/><use href="#glyph-0"/><use href="#glyph-0"/><p id="x">'
    )


def test_the_page_has_the_same_bytes_each_time(path):
    once, again = (report_page(evidence_of(path.parent), []) for _ in range(2))
    assert once == again


def test_the_figures_lie_beside_the_report_as_files(path):
    place = outputs.place(path.parent, load_sweep(path.parent)["id"]).path
    names = {file.name for file in (place / "figures").iterdir()}
    assert (place / "report.html").read_bytes() == path.read_bytes()
    assert {"probability.svg", "differences.svg", "fan-sei_va.svg", "prefectures-value.svg"} <= names


def test_hits_and_runs_are_those_of_the_table(path, page):
    rows = [row for row in targets(path.parent) if not row["failed"]]  # others are told as two bounds
    divided = [row for row in rows if 0 < row["hits"] < row["runs"]]
    assert divided
    for row in divided:
        assert f"{row['hits']} / {row['runs']}" in page.text
        assert f"{100 * row['probability']:.1f} %" in page.text


def test_failed_runs_are_counted_where_n_is_told(page):
    assert "20 runs, 4 failed" in page.text
    assert "4 of all runs failed" in page.text


def test_a_probability_of_zero_is_never_printed(page):
    assert not re.search(r"(?<![\d.])(0|100)(\.0)? % \(", page.text)
    assert "<16.1 %" in page.text


def test_unknown_bases_are_named_with_their_range(page):
    assert "digital_core_share_2020" in page.text
    assert "5 to 7.5" in page.text


def test_published_figures_stand_beside_the_model_as_hits_and_misses(page):
    told = re.search(r"Of (\d+) published figures, .* meets (\d+) within 5 % and misses (\d+)", page.text)
    assert int(told[1]) == int(told[2]) + int(told[3])
    assert page.text.count(": miss") == int(told[3]) > 0


def test_differing_lever_values_are_listed_and_equal_ones_are_not(page):
    assert "lever.toy.rate" in page.text
    assert "2021: 0.004" in page.text
    assert "parameters.firms.markup" not in page.text


def test_carriers_are_told_under_both_definitions(page):
    assert "National innovation carriers counted as carriers: median" in page.text


def test_the_command_that_rebuilds_the_report_is_given(path, page):
    assert f"sanxiang report {path.parent}" in page.text


def test_hostile_names_are_text(hostile):
    assert not {"script", "img", "b"} & set(hostile.elements)
    assert not [name for name, _ in hostile.attributes if name.startswith("on")]
    for name in HOSTILE:
        assert name in hostile.text


def test_a_sweep_over_a_value_has_a_response_and_a_single_scenario_no_differences(tmp_path):
    rates = [0.0, 0.004]
    swept = results(
        tmp_path / "sweep",
        [scenario("as_in_2020", rate) for rate in rates],
        replications=3,
        given=[f"lever.toy.rate={rate}" for rate in rates],
    )
    alone = results(tmp_path / "alone", [scenario()], replications=3)
    kinds = [{kind for kind, _, _ in wanted(evidence_of(folder))} for folder in (swept, alone)]
    assert {"response", "differences"} <= kinds[0]
    assert not {"response", "differences"} & kinds[1]
    assert 'id="differences"' not in report_page(evidence_of(alone), [])


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no results"):
        report.write_all(tmp_path / "nothing")


def test_a_sweep_whose_runs_all_failed_has_a_report_that_says_so_and_no_figure(tmp_path, monkeypatch):
    monkeypatch.setattr(toy_province, "simulate", lambda specs: 1 / 0)
    folder = results(tmp_path / "failed", [scenario()], replications=2)
    said = Page(report.write_all(folder).read_text("utf-8")).text
    assert "No run of this sweep has a result: 2 asked, 0 done, 2 failed, 0 left" in said
    assert "ZeroDivisionError" in said
    figures = outputs.place(folder, load_sweep(folder)["id"]).path / "figures"
    assert [file.name for file in figures.iterdir()] == ["about.json"]
    with pytest.raises(InputError, match="no finished run"):
        report.write_figure("fan", folder)


def test_a_report_that_cannot_be_written_ends_in_74(path, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotWrite) as error:
        report.write_figure("probability", path.parent, tmp_path / "file" / "a.svg")
    assert error.value.code == Exit.IO


def test_the_verbs_print_where_the_file_is(path, tmp_path, capsys):
    out = tmp_path / "fan.png"
    assert figure.main(["fan", str(path.parent), "target=sei_va", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert out.read_bytes().startswith(b"\x89PNG")


def test_an_unknown_figure_of_the_verb_is_refused_with_the_nearest(path):
    with pytest.raises(InputError, match="did you mean 'fan'"):
        figure.main(["fam", str(path.parent)])


def test_text_is_escaped_unless_it_is_markup():
    assert escaped("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert element("p", Markup("<b>"), "<i>", title='"') == '<p title="&quot;"><b>&lt;i&gt;</p>'


def test_controls_and_marks_that_turn_text_around_become_spaces():
    assert escaped("a\x00b\u202ec") == "a b c"


def test_the_first_cell_of_a_table_heads_its_row():
    assert '<th scope="row">a</th><td>1</td>' in table("c", ["x", "y"], [["a", 1]])


# --- responses to levers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dosed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dosed") / "results"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        results(folder, [scenario(), scenario("plan", 0.004)], 5)
        keeping(folder, *(toy_response(key, size=1000.0) for key in KEYS))
        return report.write_all(folder)


def ids_of(page):
    return [value for name, value in page.attributes if name == "id"]


def test_every_kept_response_has_its_figure_its_remarks_and_its_table(dosed):
    page = Page(dosed.read_text(encoding="utf-8"))
    ids = ids_of(page)
    assert ids.index("why") < ids.index("doses") < ids.index("where")
    assert {"figure-doses-rd_subsidy-rate", "figure-doses-high_tech_award-award"} <= set(ids)
    assert len(ids) == len(set(ids)) and (page.open, page.astray) == ([], [])
    for key in KEYS:
        assert f"sanxiang response {key} --replications 3 --scale 0.1 --doses 4 --results" in page.text
    assert page.text.count("beyond 0.2 share of the increase in research more changes nothing") >= 2
    assert "Certified high-tech enterprises" in page.text.partition("What each dose does")[2]
    place = outputs.place(dosed.parent, load_sweep(dosed.parent)["id"]).path
    assert (place / "figures" / "doses-rd_subsidy-rate.svg").exists()


def test_effects_in_the_page_are_those_of_the_response(dosed):
    page = Page(dosed.read_text(encoding="utf-8"))
    table = page.text.partition("Paired differences to what is in force, with Student")[2]
    means = toy_response(size=1000.0).effect("spent").mean(axis=1)
    assert all(f"{mean:+,.1f}" in table for mean in means if mean) and "none in any pair" in table


def test_a_folder_without_responses_has_no_section_on_doses(page):
    assert "doses" not in ids_of(page)
    assert "What each dose does" not in page.text


def test_a_folder_of_responses_alone_has_a_report_of_them(tmp_path):
    folder = keeping(tmp_path / "r")
    path = report.write_all(folder)
    page = Page(path.read_text(encoding="utf-8"))
    assert {"doses", "figure-doses-rd_subsidy-rate"} <= set(ids_of(page))
    assert "This folder holds no sweep." in page.text and (page.open, page.astray) == ([], [])
    assert path.read_bytes() == report.write_all(folder).read_bytes()
    with pytest.raises(InputError, match="holds no sweep"):
        report.write_all(folder, "3f1c")


def test_a_sweep_without_a_result_does_not_hide_the_responses(tmp_path):
    folder = results(tmp_path / "r", [scenario()], 2, done=0)
    keeping(folder)
    page = Page(report.write_all(folder).read_text(encoding="utf-8"))
    assert "No run of this sweep has a result" in page.text
    assert {"doses", "figure-doses-rd_subsidy-rate"} <= set(ids_of(page))
