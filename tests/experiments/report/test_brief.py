"""The brief: two pages, as a page and as a PDF, in the language asked for."""

import re
import sys

import pytest
import toy_province
from pypdf import PdfReader
from toy_province import results, scenario

from experiments.__main__ import main
from experiments.figures.drawing import text
from experiments.figures.material.folder import evidence_of
from experiments.language.chosen import speaking
from experiments.report.brief import brief
from experiments.report.brief_page import as_page
from experiments.report.brief_pdf import PAGES, as_pdf, pieces

HOSTILE = '<script>alert(1)</script>"><img src=x> 方案一'


@pytest.fixture(autouse=True, scope="module")
def in_the_toy_province():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory, in_the_toy_province):
    cases = [scenario(), scenario("plan", 0.004), scenario(HOSTILE, 0.002)]
    return results(tmp_path_factory.mktemp("brief") / "r", cases, replications=5)


@pytest.fixture(scope="module")
def content(folder):
    return brief(evidence_of(folder), [])


@pytest.fixture(scope="module")
def pdf(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "brief.pdf"
    path.write_bytes(as_pdf(content))
    return PdfReader(path)


def words_of(reader):
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def shown(words):
    """As the letters of English write it: without blanks, code points in place of what they lack."""
    return re.sub(r"\s+", "", words).replace("方案一", "[65B9][6848][4E00]")


def test_the_pdf_has_two_pages_of_a4(pdf):
    assert len(pdf.pages) == PAGES == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}


def test_the_pdf_says_each_sentence_and_each_probability(pdf, content):
    said = words_of(pdf)
    for one in content.answers:
        assert shown(one.sentence) in said
    for row in content.rows:
        assert all(shown(cell) in said for cell in row)


def test_the_same_brief_has_the_same_bytes(content):
    assert as_pdf(content) == as_pdf(content)
    assert as_page(content) == as_page(content)


def test_many_policies_are_a_list_and_still_two_pages(tmp_path):
    cases = [scenario("as_in_2020"), *(scenario(f"case_{n}", 0.0005 * n) for n in range(20))]
    found = brief(evidence_of(results(tmp_path / "many", cases, replications=3)), [])
    assert len(found.rows) == 21 and as_pdf(found)


def test_what_two_pages_cannot_hold_is_refused(content):
    long = content._replace(paragraphs=(("heading", "word " * 9000),))
    with pytest.raises(Exception, match="2 pages, too few"):
        as_pdf(long)


def test_names_in_the_page_are_text(content):
    page = as_page(content)
    assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_lines_end_behind_chinese_letters_and_never_inside_a_number():
    assert pieces("年均增长12.4%，达到") == ["年", "均", "增", "长", "12.4%，", "达", "到"]
    assert pieces("a few words") == ["a ", "few ", "words"]
    assert "".join(pieces("（5,953至9,562）")) == "（5,953至9,562）"


def test_the_verb_writes_both_files_and_says_where(folder, capsys, tmp_path):
    assert main(["brief", str(folder)]) == 0
    written = capsys.readouterr().out.split()
    assert [name.rpartition("/")[2] for name in written] == ["brief.html", "brief.pdf"]
    out = tmp_path / "mine.html"
    assert main(["brief", str(folder), "language=zh", "--out", str(out)]) == 0
    assert 'lang="zh-CN"' in out.read_text("utf-8") and "逐项目标" in out.read_text("utf-8")


def test_another_ending_or_language_is_refused_in_a_line(folder, capsys):
    assert main(["brief", str(folder), "--out", "brief.docx"]) == 2
    assert "ends in one of .html, .pdf" in capsys.readouterr().err
    assert main(["brief", str(folder), "language=de"]) == 2
    assert "language 'de'" in capsys.readouterr().err
    assert main(["brief", "nowhere"]) == 2


def test_a_chinese_pdf_without_a_font_is_refused_and_a_page_is_not(content, monkeypatch):
    monkeypatch.setattr(text, "chinese_family", lambda: None)
    with speaking("zh"), pytest.raises(Exception, match="needs a font with Chinese characters"):
        as_pdf(content)


@pytest.mark.skipif(
    "Noto" not in (text.chinese_family() or ""), reason="needs Noto Sans CJK, which has two weights"
)
def test_the_chinese_pdf_has_the_simplified_face_in_two_weights(folder, tmp_path):
    with speaking("zh"):
        path = tmp_path / "zh.pdf"
        path.write_bytes(as_pdf(brief(evidence_of(folder), [])))
        files = text.chinese_faces()
    reader = PdfReader(path)
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}
    assert len(reader.pages) == PAGES and len(names) == 2
    family = text.chinese_family().replace(" ", "")
    assert all(name.startswith(family) for name in names) and any("Bold" in name for name in names)
    assert set(files) == {"", "B"}
