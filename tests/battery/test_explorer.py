"""U1: the explorer as somebody new uses it, in a real Chromium, with real runs; by `make battery` alone."""

import time
from pathlib import Path

import pytest
from browser import QUIET, chromium_here
from explored_page import address_of, begin
from matplotlib.image import imread

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ("targets", "fan", "map", "industries", "money", "response", "why")
CHANGED = "lever.rd_subsidy.rate=0.2&parameters=central"
FIRST = 120.0
"""Seconds within which a pair is there on a machine that has much else to do; the page's own bound is 1."""


@pytest.fixture(scope="module")
def address(request, tmp_path_factory):
    """The address of a page on real workers."""
    if not request.config.getoption("--battery"):
        pytest.skip("a browser is opened by `make battery` alone")
    folder = tmp_path_factory.mktemp("explorer")
    process = begin(folder)
    yield address_of(process)
    process.terminate()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


@pytest.fixture(scope="module")
def browsers():
    """A function that opens a fresh browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = []

        def browser():
            opened.append(playwright.chromium.launch(executable_path=chromium_here(), args=QUIET))
            return opened[-1]

        yield browser
        for one in opened:
            one.close()


@pytest.fixture
def page_of(browsers):
    """A function that opens an address, and gives its page and the errors it tells."""

    def opened(address, width=1300, dark=False):
        page = browsers().new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", locale="en-GB"
        )
        wrong = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(address, wait_until="domcontentloaded")
        return page, wrong

    return opened


def until(page, script, seconds=FIRST):
    """Waits until a script says yes; whether it did. The page's own policy forbids Playwright's way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(script):
            return True
        time.sleep(0.1)
    return False


def pairs(page, count):
    return until(page, f"Number(document.body.dataset.pairs || 0) >= {count}")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "dark"), [(1300, False), (400, True)])
def test_every_view_is_drawn_and_fits(battery, address, page_of, tmp_path, width, dark, language):
    page, wrong = page_of(f"{address}?{CHANGED}&language={language}", width, dark)
    battery.record("U1", pairs(page, 2), "no pair")
    for view in VIEWS:
        page.click(f"#tabs a[data-view={view}]")
        shown = until(page, f"document.querySelector('#tabs [aria-current]').dataset.view === '{view}'")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=tmp_path / f"{view}.png")
        ink = imread(tmp_path / f"{view}.png")[..., :3].std()
        battery.record(
            "U1", shown and wide <= width and ink > 0.02, f"{view} {width} {language}: {wide} {ink}"
        )
    battery.record("U1", not wrong, f"{wrong}")


def test_a_figure_of_the_page_is_seen(battery, address, page_of):
    page, wrong = page_of(f"{address}?view=fan")
    drawn = "[...document.querySelectorAll('img.drawn')].some(one => one.complete && one.naturalWidth > 100)"
    battery.record("U1", until(page, drawn, 300) and not wrong, f"{wrong}")
    battery.record("U1", bool(page.get_attribute("img.drawn", "alt")))


def test_a_control_changes_the_answer_and_its_link_gives_the_same_numbers_elsewhere(
    battery, address, page_of
):
    page, wrong = page_of(f"{address}?parameters=central")
    battery.record("U1", pairs(page, 2))
    page.click("summary:has-text('industry')")
    page.locator("details.lever[data-lever=rd_subsidy] > summary").click()
    page.fill("[id='rd_subsidy.rate']", "0.2")
    battery.record("U1", until(page, "location.search.includes('lever.rd_subsidy.rate')"))
    all_of_it = "document.getElementById('status').textContent.startsWith('100 pairs')"
    battery.record("U1", until(page, all_of_it, 900), page.inner_text("#status"))
    link = page.inner_text("#copy-link").strip()
    other, _ = page_of(link)
    battery.record("U1", until(other, all_of_it, 900))
    for place in ("#headline", "#body"):
        battery.record("U1", page.inner_text(place) == other.inner_text(place), place)
    battery.record("U1", not wrong, f"{wrong}")


def test_it_is_worked_by_keyboard_and_every_control_has_a_name(battery, address, page_of):
    page, _ = page_of(address)
    battery.record("U1", pairs(page, 1))
    page.keyboard.press("Tab")
    battery.record("U1", page.evaluate("document.activeElement.className") == "skip")
    page.keyboard.press("Enter")
    page.focus("#tabs a[data-view=map]")
    page.keyboard.press("Enter")
    battery.record("U1", until(page, "location.search.includes('view=map')"))
    battery.record("U1", page.evaluate("document.activeElement.dataset.view") == "map", "focus was lost")
    nameless = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, button, a, summary, img')].filter("
        "one => !(one.getAttribute('aria-label') || one.alt || one.textContent.trim() || "
        "(one.labels && one.labels.length))).map(one => one.outerHTML)"
    )
    battery.record("U1", nameless == [], f"{nameless[:3]}")


def test_a_hostile_link_runs_nothing(battery, address, page_of):
    page, wrong = page_of(
        f"{address}?x=%3Cimg%20src=x%20onerror=alert(1)%3E&base=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    )
    battery.record("U1", until(page, "document.getElementById('mistakes').textContent.includes('unknown')"))
    battery.record("U1", not [one for one in wrong if one.startswith("dialog")], f"{wrong}")
    battery.record("U1", page.evaluate("document.querySelectorAll('script').length") == 1)


@pytest.mark.parametrize(("view", "figure"), [("why", "attribution"), ("response", "response")])
def test_one_click_begins_a_study_with_progress_and_a_figure(battery, address, page_of, view, figure):
    page, wrong = page_of(f"{address}?parameters=central")
    battery.record("U1", pairs(page, 2))
    page.click(f"#tabs a[data-view={view}]")
    told = "document.getElementById('study').textContent"
    battery.record("U1", until(page, f"{told}.includes(' left')"), "no time left")
    drawn = (
        f"[...document.querySelectorAll('img.drawn')].some(i => i.src.includes('{figure}') && i.naturalWidth)"
    )
    battery.record("U1", until(page, drawn, 300), "no first figure")
    battery.record("U1", until(page, f"{told}.includes('kept')", 900), page.inner_text("#study"))
    battery.record("U1", not wrong, f"{wrong}")


def test_the_sweep_of_full_size_tells_how_far_it_is_and_stops(battery, address, page_of):
    page, wrong = page_of(f"{address}?parameters=central")
    battery.record("U1", pairs(page, 2))
    page.click("button[data-do=full]")
    far = "!!document.querySelector('#behind .job')?.textContent.includes('runs/s')"
    battery.record("U1", until(page, far, 300), page.inner_text("#behind"))
    page.click("button[data-do=stop-full]")
    battery.record("U1", until(page, "!!document.querySelector('button[data-do=full]')"))
    battery.record("U1", not wrong, f"{wrong}")
