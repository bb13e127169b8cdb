"""S1: no text of a user is run by YAML, Hydra, a spreadsheet, matplotlib or a browser; none writes outside.

What a browser makes of the report and the figures is tried in a Chromium, by `make battery` alone.
"""

import csv
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import hostile
import pytest
import toy_province
from matplotlib.image import imread

from experiments import export
from experiments.__main__ import main
from experiments.report.report import write_all

NOT_IN_A_PAGE = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "foreignobject"}


# --- files and words -------------------------------------------------------------------------------------


def test_no_file_and_no_word_runs_code_or_writes_a_file(battery, tmp_path, monkeypatch, capsys, nothing_runs):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    marker = tmp_path / hostile.MARKER
    for name, text in hostile.codes(marker).items():
        (tmp_path / "mine.yaml").write_text(text)
        code = main(["sweep", f"reform={tmp_path / 'mine.yaml'}"])
        written = sorted(path.name for path in tmp_path.rglob("*"))
        battery.record("S1", code == 2 and written == ["here", "mine.yaml"], f"{name}: {code} {written}")
    (tmp_path / "mine.yaml").unlink()
    for word in hostile.WORDS:
        code = main(["sweep", word])
        battery.record(
            "S1", code == 2 and not list(here.iterdir()) and not marker.exists(), f"{word}: {code}"
        )
    assert "Traceback" not in capsys.readouterr().err


# --- tables, pages and pictures --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A results folder of hostile names with report, figures and tables; its parent holds nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        path = hostile.folder_of_hostile_names(tmp_path_factory.mktemp("hostile") / "results")
        write_all(path)
        export(path)
        return path


def test_nothing_is_written_outside_the_folder(battery, folder):
    battery.record("S1", [path.name for path in folder.parent.iterdir()] == ["results"])
    named = [path for path in folder.rglob("*") if not re.fullmatch(r"[\w.-]+", path.name)]
    battery.record("S1", not named, f"{named}")


def test_no_cell_of_a_table_is_a_formula(battery, folder):
    tables = sorted(folder.glob("outputs/*/csv/*.csv"))
    assert [path.stem for path in tables] == ["cells", "codebook", "differences", "runs", "series", "targets"]
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads, *rows = csv.reader(file)
        computed = {cell for row in [heads, *rows] for cell in row if is_formula(cell)}
        battery.record("S1", not computed, f"{path.name}: {list(computed)[:3]}")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell: it begins like a formula and is no number."""
    text = cell.lstrip(" ")
    return text.startswith(tuple(hostile.FORMULAS)) and not re.fullmatch(r"-[\d.]+(e[+-]?\d+)?", text)


class Elements(HTMLParser):
    """Names of the elements of a page or picture, and of attributes that hold code or lead elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.found |= {name for name, _ in attrs if name.startswith("on")}
        leads = [value or "" for name, value in attrs if name in ("href", "xlink:href", "src", "action")]
        self.found |= {f"to {value[:40]}" for value in leads if not value.startswith("#")}


def pages(folder: Path) -> list[Path]:
    figures = sorted(folder.glob("outputs/*/figures/*.svg"))
    assert figures
    return [folder / "report.html", *figures]


def test_no_name_becomes_an_element_an_event_or_a_link(battery, folder):
    for path in pages(folder):
        found = Elements(path.read_text("utf-8")).found
        bad = [name for name in found if name in NOT_IN_A_PAGE or name.startswith(("on", "to "))]
        battery.record("S1", not bad, f"{path.name}: {bad}")


def test_names_are_shown_as_they_are(battery, folder):
    text = pages(folder)[0].read_text("utf-8")
    for part in ("&lt;script&gt;", "$x^2$", "_hidden", "{{body}}", "=HYPERLINK("):
        battery.record("S1", part in text, part)


# --- a real browser --------------------------------------------------------------------------------------


@pytest.fixture
def opened(chromium):
    """A function that opens a file, and gives its page and what it did: dialogs, and requests elsewhere."""
    page = chromium.new_page()
    did: list[str] = []
    page.on("dialog", lambda dialog: (did.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda sent: sent.url.startswith(("file:", "data:")) or did.append(f"asked {sent.url}")
    )

    def open_file(path: Path, width: int = 1200):
        page.set_viewport_size({"width": width, "height": 4000})
        page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(300)
        return page, did

    yield open_file
    page.close()


def test_the_witness_sees_a_script_and_a_request(battery, opened, tmp_path):
    for name in hostile.NAMES[1:3]:
        (tmp_path / "bad.html").write_text(f"<body>{name}</body>", "utf-8")
        _, did = opened(tmp_path / "bad.html")
        battery.record("S1", bool(did), f"nothing seen of {name}")
        did.clear()


def test_no_script_of_a_name_runs_and_the_network_is_asked_for_nothing(battery, opened, folder):
    for path in pages(folder):
        page, did = opened(path)
        elements = page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)")
        bad = NOT_IN_A_PAGE.intersection(elements)
        battery.record("S1", not did and not bad, f"{path.name}: {did} {bad}")


def test_the_title_is_the_reports_own(battery, opened, folder):
    page, _ = opened(folder / "report.html")
    battery.record("S1", page.title().startswith("How likely is each target of 2025"), page.title())


@pytest.mark.parametrize("width", [1200, 420])
def test_the_page_is_drawn_at_the_width_of_a_desk_and_of_a_phone(battery, opened, folder, tmp_path, width):
    page, _ = opened(folder / "report.html", width)
    page.screenshot(path=tmp_path / "page.png")
    picture = imread(tmp_path / "page.png")[..., :3]
    inked = (picture.min(axis=2) < 0.5).mean(axis=1) > 0.002
    battery.record("S1", 0.1 < inked.mean() < 0.95, f"{width}: {inked.mean():.2f} of the rows have ink")


def test_the_page_prints_on_several_sheets(battery, opened, folder):
    page, _ = opened(folder / "report.html")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf()))
    battery.record("S1", sheets > 5, f"{sheets} sheets")
