"""The report in a real browser: it draws, prints, runs no script of a name, asks the network for nothing.

Needs Chromium, so it is not among the tests of `make test`; run it after a change of the report:

    .venv/bin/pytest tests/browser/check_report.py

CHROMIUM names the browser where it is not called chromium, chromium-browser or google-chrome.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "experiments"))
import toy_province
from matplotlib.image import imread
from toy_province import results, scenario

from experiments.report import write_all

HOSTILE = [
    "as_in_2020",
    "<script>document.title='ran'</script>",
    "<img src=http://leak.test/a.png onerror=\"document.title='ran'\">",
    '"><svg onload="document.title=\'ran\'">',
    "</title><iframe src=http://leak.test/b>",
    "$x$ _a =1+1 方案一 " + "b" * 300,
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
ITS_OWN = re.compile(r"(^|\.)(google|googleapis|gvt1|gstatic)\.com$")  # the browser asks for these by itself


class Witness(BaseHTTPRequestHandler):
    """A proxy that answers nothing and remembers which hosts were asked for."""

    def do_GET(self):
        self.server.asked.append(re.sub(r"^\w+://", "", self.path).split("/")[0].split(":")[0])
        self.send_error(502)

    do_CONNECT = do_POST = do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def browser():
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"no Chromium on this machine: install one of {', '.join(NAMES)}, or set CHROMIUM"
    return found


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "results"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        results(folder, [scenario(name, 0.002 * k) for k, name in enumerate(HOSTILE)], replications=4)
        return write_all(folder)


@pytest.fixture(scope="module")
def witness():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Witness)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def shown(browser, page, witness, tmp_path):
    """A function that opens the page headless, with more options, and gives what the browser prints."""

    def show(*options, size="1200,4000"):
        return subprocess.run(
            [
                browser,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                f"--user-data-dir={tmp_path / 'profile'}",
                f"--proxy-server=127.0.0.1:{witness.server_port}",
                "--virtual-time-budget=3000",
                f"--window-size={size}",
                *options,
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout

    return show


def test_no_script_of_a_name_runs(shown):
    seen = shown("--dump-dom")
    title = re.search(r"<title>(.*?)</title>", seen)[1]
    assert title.startswith("How likely are the 2025 targets")
    assert not re.search(r"<(script|img|iframe)\b", seen)


def test_the_page_asks_the_network_for_nothing(shown, witness):
    shown("--dump-dom")
    assert [host for host in witness.asked if not ITS_OWN.search(host)] == []


def test_the_witness_would_have_seen_a_request(browser, witness, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<img src=http://leak.test/a.png>")
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "--virtual-time-budget=3000",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--proxy-server=127.0.0.1:{witness.server_port}",
    ]
    subprocess.run([browser, *options, bad.as_uri()], capture_output=True, timeout=120, check=True)
    assert "leak.test" in witness.asked
    witness.asked.clear()


@pytest.mark.parametrize("size", ["1200,4000", "420,4000"])
def test_the_page_is_drawn_at_the_width_of_a_desk_and_of_a_phone(shown, tmp_path, size):
    shown(f"--screenshot={tmp_path / 'page.png'}", size=size)
    picture = imread(tmp_path / "page.png")[..., :3]
    inked = (picture.min(axis=2) < 0.5).mean(axis=1) > 0.002
    assert 0.1 < inked.mean() < 0.9


def test_the_page_prints_on_several_sheets(shown, tmp_path):
    shown(f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "page.pdf").read_bytes())) > 5
