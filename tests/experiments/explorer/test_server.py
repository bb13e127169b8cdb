"""The page over its own server, without a browser: it answers its own pages alone, and takes data alone."""

import asyncio
import csv
import io
import json

import pytest
from explored_site import complete, on_a_site, text, told
from soon import FEW, until
from tornado.httpclient import HTTPClientError

from experiments.explorer.kept import drawn_in
from experiments.explorer.question import address, read
from experiments.explorer.server import HEADERS, MOST_SESSIONS, is_ours
from experiments.figures.drawing import text as letters

HOSTILE = "foo=%3Cscript%3Ealert(1)%3C/script%3E&lever.x%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E=1"


def test_a_page_grows_to_all_pairs_and_a_link_gives_the_same_numbers_to_another(tmp_path, stand_in):
    async def work(site):
        query = "lever.rd_subsidy.rate=0.2&parameters=central"
        first = await told(await site.page(query), complete)
        second = await told(await site.page(query), complete)
        opened = await site.get(f"?{query}")
        return first, second, opened.body.decode()

    first, second, opened = on_a_site(tmp_path, work)
    assert first["body"] == second["body"] and f"{FEW} pairs" in text(first["status"])
    assert first["headline"] in opened and first["body"] in opened


def test_the_answer_stands_in_the_page_before_any_script_runs(tmp_path, stand_in):
    async def work(site):
        await site.explorer.start()
        await until(lambda: site.explorer.known(read("").question).done == FEW)
        return (await site.get("")).body.decode()

    page = text(on_a_site(tmp_path, work))
    assert (
        "of seven targets are likelier met than not" in page
        and f"{FEW} pairs of runs with equal luck" in page
    )
    assert "Less likely than not: " in page
    assert "What each thrust has of this, and at what cost" in page
    assert "rd_subsidy" not in page and "R&amp;D" in page


async def first_answer(site):
    """Stays until the first answer lies in its folder."""
    await site.explorer.start()
    folder = site.explorer.results / f"quick_{read('').question.id}"
    await until(lambda: list(folder.glob("sweeps/last.json")))


def test_the_first_answer_is_kept_and_read_again_by_the_next_program(tmp_path, stand_in, monkeypatch):
    async def second(site):
        await site.explorer.start()
        return site.explorer.known(read("").question).done

    on_a_site(tmp_path, first_answer)
    monkeypatch.setattr(stand_in, "made", None)  # whoever computes a run from here on fails
    assert on_a_site(tmp_path, second) == FEW


def test_ten_pages_at_once_get_each_its_own_answer_with_its_number(tmp_path, stand_in):
    async def work(site):
        pages = [await site.page(f"seed={n}&parameters=central") for n in range(10)]
        return await asyncio.gather(*(told(page, complete) for page in pages))

    for parts in on_a_site(tmp_path, work):
        assert f"{FEW} pairs" in text(parts["status"])


def test_a_closed_page_ends_its_work(tmp_path, stand_in):
    async def work(site):
        page = await site.page("parameters=central")
        asked = lambda: site.explorer.known(read("parameters=central").question)  # noqa: E731
        await until(lambda: asked() is not None and asked().done >= 2)
        stand_in.hold.clear()
        page.close()
        await until(lambda: not asked().wanted)
        stand_in.hold.set()
        await asyncio.sleep(0.1)
        had = len(stand_in.calls)
        await asyncio.sleep(0.2)
        return had, len(stand_in.calls), asked().done

    had, later, done = on_a_site(tmp_path, work)
    assert had == later and done < FEW


def test_a_page_that_turns_to_another_question_leaves_the_first(tmp_path, stand_in):
    async def work(site):
        page = await site.page("parameters=central")
        await told(page, lambda message, parts: message.get("pairs", 0) >= 1)
        await page.write_message(json.dumps({"query": "parameters=central&base=talent_led"}))
        parts = await told(page, lambda message, parts: message.get("pairs") == FEW)
        return parts, site.explorer.known(read("parameters=central").question)

    parts, left = on_a_site(tmp_path, work)
    assert "led by talent" in parts["headline"].casefold() and not left.wanted


def test_a_hostile_link_is_text_in_the_page_and_nothing_is_lost(tmp_path, stand_in):
    async def work(site):
        opened = await site.get(f"?{HOSTILE}&lever.rd_subsidy.rate=0.2")
        parts = await told(
            await site.page(f"{HOSTILE}&lever.rd_subsidy.rate=0.2"),
            lambda message, parts: "mistakes" in parts,
        )
        return opened, parts

    opened, parts = on_a_site(tmp_path, work)
    page = opened.body.decode()
    for html in (page, parts["mistakes"]):
        assert "<img" not in html and "alert(1)</script>" not in html and "unknown key" in html
    assert 'value="0.2"' in page
    assert page.count("<script") == 1


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [
        ("", {"Host": "evil.example"}, 403),
        ("", {"Host": "evil.example:8421"}, 403),
        ("", {"Origin": "http://evil.example"}, 403),
        ("figure/fan.svg?pairs=10", {"Host": "evil.example"}, 403),
        ("static/../server.py", {}, 404),
        ("static/page.py", {}, 404),
        ("figure/fan.exe?pairs=10", {}, 404),
        ("figure/secrets.svg?pairs=10", {}, 404),
        ("figure/fan.svg?pairs=7", {}, 404),
        ("figure/fan.svg?pairs=10", {}, 404),
        ("table.csv?base=talent_led", {}, 404),
        ("no/such/page", {}, 404),
    ],
)
def test_what_is_no_page_of_ours_is_refused_in_one_line(tmp_path, stand_in, path, headers, code):
    found = on_a_site(tmp_path, lambda site: site.get(path, **headers))
    assert found.code == code and b"Traceback" not in found.body


def test_a_page_of_another_origin_gets_no_connection(tmp_path, stand_in):
    async def work(site):
        for headers in (
            {"Origin": "http://evil.example"},
            {"Host": "evil.example", "Origin": "http://evil.example"},
        ):
            with pytest.raises(HTTPClientError):
                await site.page("", **headers)
        return len(stand_in.calls)

    assert on_a_site(tmp_path, work) == 0


def test_every_answer_forbids_whatever_is_not_its_own(tmp_path, stand_in):
    async def work(site):
        return [
            await site.get(path) for path in ("", "static/page.js", "static/page.css", "none", "reform.yaml")
        ]

    for found in on_a_site(tmp_path, work):
        for name, value in HEADERS.items():
            if found.code == 200:
                assert found.headers[name] == value
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_messages_that_no_page_sends_close_the_connection_or_are_told(tmp_path, stand_in):
    async def work(site):
        page = await site.page("")
        await page.write_message(json.dumps({"do": "rm -rf /"}))
        said = []
        while "told" not in (message := json.loads(await page.read_message())):
            said.append(message)
        ended = []
        for wrong in ("[", "[1]", '"x"', "null"):
            other = await site.page("")
            await other.write_message(wrong)
            while (message := await other.read_message()) is not None:
                said.append(message)
            ended.append(other.close_code)
        return message, said, ended, await site.get("")

    _, _, ended, alive = on_a_site(tmp_path, work)
    assert ended == [1003] * 4 and alive.code == 200


def test_no_more_pages_are_served_than_there_is_room_for(tmp_path, stand_in):
    async def work(site):
        pages = [await site.page("parameters=central") for _ in range(MOST_SESSIONS)]
        last = await site.page("parameters=central")
        while await last.read_message() is not None:
            pass
        assert len(pages) == MOST_SESSIONS
        return last.close_code

    assert on_a_site(tmp_path, work) == 1013


def test_a_policy_is_downloaded_and_opened_again(tmp_path, stand_in):
    query = address(read("base=talent_led&lever.rd_subsidy.rate=0.2").question)

    async def work(site):
        file = await site.get(f"reform.yaml?{query}")
        kind = {"Content-Type": "application/yaml"}
        sent = await site.post("upload?view=map&world=as_happened", file.body, **kind)
        bad = await site.post("upload", b"name: a\nbase: plan\nlever: {rd_subsidy: {rate: 9}}", **kind)
        code = await site.post("upload", b"!!python/object/apply:os.system [ls]", **kind)
        form = await site.post("upload", file.body, **{"Content-Type": "text/plain"})
        return json.loads(sent.body), json.loads(bad.body), json.loads(code.body), form.code

    sent, bad, code, form = on_a_site(tmp_path, work)
    assert sent == {"link": f"?{query.replace('&lever', '&world=as_happened&lever')}&view=map"}
    assert "outside 0 to 0.5" in bad["mistakes"][0] and "mistakes" in code and form == 415
    assert all(str(tmp_path) not in line and "/tmp" not in line for line in bad["mistakes"])


def test_tables_are_csv_with_the_numbers_of_the_page(tmp_path, stand_in):
    async def work(site):
        await told(await site.page("parameters=central"), complete)
        return [
            await site.get(f"table.csv?parameters=central{view}")
            for view in ("", "&view=map", "&view=industries")
        ]

    tables = [
        list(csv.reader(io.StringIO(one.body.decode("utf-8-sig")))) for one in on_a_site(tmp_path, work)
    ]
    assert [len(rows) for rows in tables] == [8, 15, 10]
    assert {row[8] for row in tables[0][1:]} == {f"{FEW}"} and {row[3] for row in tables[1][1:]} == {f"{FEW}"}


def test_a_figure_of_the_page_is_drawn_from_an_ordinary_folder(tmp_path, stand_in):
    async def work(site):
        await told(await site.page("parameters=central"), complete)
        kinds = [
            await site.get(f"figure/fan.{kind}?parameters=central&pairs=10") for kind in ("svg", "png", "pdf")
        ]
        wrong = await site.get("figure/response.svg?parameters=central&pairs=10&view=response")
        return kinds, wrong

    kinds, wrong = on_a_site(tmp_path, work)
    assert [one.body[:4] for one in kinds] == [b"<?xm", b"\x89PNG", b"%PDF"]
    assert "attachment" in kinds[1].headers["Content-Disposition"]
    assert wrong.code == 404 and b"open its page first" in wrong.body


@pytest.mark.parametrize(
    ("host", "here", "beyond"),
    [
        ("127.0.0.1:8421", True, True),
        ("localhost", True, True),
        ("[::1]:8421", True, True),
        ("192.168.1.7:8421", False, True),
        ("evil.example:8421", False, False),
        ("127.0.0.1.evil.example", False, False),
        ("", False, False),
        ("]", False, False),
    ],
)
def test_a_server_knows_its_own_names(host, here, beyond):
    assert (is_ours(host, True), is_ours(host, False)) == (here, beyond)


def test_the_next_program_runs_no_run_again_that_lies_in_the_folder_of_the_first_answer(tmp_path, stand_in):
    async def second(site):
        await site.explorer.start()
        stand_in.calls.clear()
        page = await site.page("")
        await until(lambda: sorted(stand_in.pasts) == list(range(FEW)))
        page.close()
        await told(await site.page("lever.rd_subsidy.rate=0.2"), complete)

    on_a_site(tmp_path, first_answer)
    on_a_site(tmp_path, second)
    assert {len(call) for call in stand_in.calls} == {1} and len(stand_in.calls) == FEW


@pytest.mark.parametrize(("family", "language"), [("Noto Sans CJK SC", "zh"), (None, "en")])
def test_a_figure_of_a_chinese_page_is_english_where_no_font_draws_chinese(monkeypatch, family, language):
    monkeypatch.setattr(letters, "chinese_family", lambda: family)
    assert (drawn_in("zh"), drawn_in("en")) == (language, "en")
