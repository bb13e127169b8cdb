"""The server of the page: on this machine alone unless asked, to pages of its own alone, with data alone."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from experiments.exits import Stop
from experiments.explorer.explorer import Explorer
from experiments.explorer.kept import STEPS
from experiments.explorer.page import STATIC, State, page
from experiments.explorer.question import LONGEST, OWN, address, question_of_reform, read
from experiments.explorer.session import Session, state_of
from experiments.explorer.shown import Shown
from experiments.explorer.studied import STUDIED
from experiments.explorer.studies import RESPONSE, WHY, Study
from experiments.explorer.studies import STEPS as STUDY_STEPS
from experiments.explorer.tables import table
from experiments.explorer.view import KEYS
from experiments.figures import FIGURES
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = ("localhost", LOOPBACK, "::1")
MOST_SESSIONS = 64
LARGEST_UPLOAD = 1_000_000  # bytes
WIDTHS = {"narrow": 4.2, "wide": 0.0}
OF_STUDY = {"attribution": WHY, "response": RESPONSE}
"""Figures of a study and not of the pairs alone."""
KINDS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_ours(host: str, only_here: bool) -> bool:
    """Whether a request names this server as its own pages do.

    A page of somebody else whose name was made to lead here has another name. only_here: loopback alone.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").casefold()
        return name in LOOPBACK_NAMES or (not only_here and bool(ip_address(name)))
    except ValueError:  # neither a host nor an address in figures
        return False


class Ours:
    """What every handler has: the explorer, and a refusal of requests that are not of its own pages."""

    def initialize(self, explorer: Explorer, only_here: bool, sessions: set[Session]) -> None:
        """Of the application."""
        self.explorer, self.only_here, self.sessions = explorer, only_here, sessions

    def refuse_others(self: Any) -> None:
        """Refuses another name of this server, and a page of another origin."""
        if not is_ours(self.request.host, self.only_here):
            raise HTTPError(403, reason="this server answers under its own address alone")
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(403, reason="another origin")

    def state(self: Any) -> State:
        """What the address means."""
        accepted = self.request.headers.get("Accept-Language", "")
        return state_of(self.request.query, accepted, self.explorer.results, self.explorer.pool.compiling)


class Page(Ours, RequestHandler):
    """A handler of ordinary requests."""

    def prepare(self) -> None:
        """See Ours."""
        self.refuse_others()

    def set_default_headers(self) -> None:
        """What keeps a page of ours from running anything else."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """One line of text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        error = kwargs.get("exc_info", (None, None))[1]
        said = "\n".join(error.messages) if isinstance(error, InputError) else self._reason
        self.finish(f"{said}\n")

    def shown(self, state: State) -> Shown | None:
        """What is known of the answer at this moment."""
        asked = self.explorer.known(state.question) if state.read.whole else None
        if asked is None:
            return None
        kind = state.view.view
        study = self.explorer.known_study(kind, state.question, state.view.dose) if kind in STUDIED else None
        return Shown(asked, state.view, state.language, study)

    def file(self, content: bytes | str, kind: str, name: str = "") -> None:
        """Answers with a file."""
        self.set_header("Content-Type", kind)
        if name:
            self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(content)


class Whole(Page):
    """The page."""

    def get(self) -> None:
        """The page of an address, with the answer so far."""
        state = self.state()
        shown = self.shown(state)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page(state, shown))


class Drawn(Page):
    """A figure of what is answered."""

    async def get(self, name: str, kind: str) -> None:
        """Figure NAME as a file of a kind."""
        if name not in (*FIGURES, RESPONSE) or kind not in KINDS:
            raise HTTPError(404, reason="no such figure")
        pairs, narrow = self.get_query_argument("pairs", ""), self.get_query_argument("narrow", "") == "1"
        state, _ = self._without("pairs", "narrow", "round")
        shown = self.shown(state)
        study = self._studied(name, state)
        if shown is None or not drawable(pairs, shown if name not in OF_STUDY else study):
            raise HTTPError(404, reason="no pairs of this question: open its page first")
        options = chosen(name, state) | ({"width": WIDTHS["narrow"]} if narrow else {})
        try:
            content = await (
                self.explorer.figure(shown.asked, int(pairs), name, f".{kind}", **options)
                if study is None
                else self.explorer.study_figure(shown.asked, study, int(pairs), f".{kind}", **options)
            )
        except (InputError, Stop) as error:
            raise HTTPError(409, reason=" ".join(str(error).split())[:200]) from None
        self.file(content, KINDS[kind], "" if kind == "svg" else f"{name}.{kind}")

    def _studied(self, name: str, state: State) -> Study | None:
        """The study that a figure is of, as far as it is known."""
        if name not in OF_STUDY:
            return None
        return self.explorer.known_study(OF_STUDY[name], state.question, state.view.dose)

    def _without(self, *keys: str) -> tuple[State, str]:
        kept = [part for part in self.request.query.split("&") if part.partition("=")[0] not in keys]
        query = "&".join(kept)
        accepted = self.request.headers.get("Accept-Language", "")
        return state_of(query, accepted, self.explorer.results, False), query


def drawable(pairs: str, of: Shown | Study | None) -> bool:
    """Whether a figure of so many pairs can be drawn of a question or a study."""
    if of is None or not pairs.isdecimal():
        return False
    steps, done = (STUDY_STEPS, of.done) if isinstance(of, Study) else (STEPS, of.asked.done)
    return int(pairs) in steps and done >= int(pairs)


def chosen(name: str, state: State) -> dict[str, Any]:
    """The options of a figure that a view chooses."""
    view, language = state.view, {"language": state.language}
    if name == RESPONSE:
        return language
    if name in ("fan", "attribution"):
        return {"target": view.target} | language
    if name == "prefectures":
        return {"indicator": view.indicator, "year": view.year} | language
    return language | ({"indicator": view.indicator} if name == "industries" else {})


class Table(Page):
    """The numbers of a view as CSV."""

    def get(self) -> None:
        """A table with a mark that tells a spreadsheet its letters are UTF-8."""
        state = self.state()
        shown = self.shown(state)
        if shown is None or not shown.asked.done:
            raise HTTPError(404, reason="no pairs of this question: open its page first")
        out = io.StringIO()
        csv.writer(out).writerows(table(shown))
        self.file(f"\ufeff{out.getvalue()}".encode(), "text/csv; charset=utf-8", f"{state.view.view}.csv")


class Reform(Page):
    """The policy of an address as a scenario file."""

    def get(self) -> None:
        """The file."""
        self.file(self.state().question.reform_file(), "application/yaml; charset=utf-8", f"{OWN}.yaml")


class Upload(Page):
    """A scenario file of the user's, which becomes an address."""

    def post(self) -> None:
        """The address of the policy in the file, or a line for each mistake."""
        if self.request.headers.get("Content-Type") != "application/yaml":
            raise HTTPError(415, reason="expected a scenario file as application/yaml")
        if len(self.request.body) > LARGEST_UPLOAD:
            raise HTTPError(413, reason="a scenario file is smaller")
        found = read(self.request.query, KEYS)
        with tempfile.TemporaryDirectory() as folder:
            held = OwnPath(Path(folder)) / "uploaded.yaml"
            held.write(self.request.body)
            path = held.path
            try:
                question = question_of_reform(path, found.question)
            except InputError as error:
                told = [line.replace(f"{path}", "uploaded.yaml") for line in error.messages]
                self.finish({"mistakes": told})
                return
        self.finish({"link": f"?{address(question, found.others)}"})


class Live(Ours, WebSocketHandler):
    """The connection of an open page: it ends with the page, and the page's work with it."""

    session: Session | None = None

    def prepare(self) -> None:
        """See Ours."""
        self.refuse_others()

    def check_origin(self, origin: str) -> bool:
        """Pages of this server alone."""
        return urlsplit(origin).netloc == self.request.host

    def open(self, *args: str, **kwargs: str) -> None:
        """A page has opened."""
        if len(self.sessions) >= MOST_SESSIONS:
            self.close(1013, f"{MOST_SESSIONS} pages are open")
            return
        self.session = Session(self.explorer, self.request.headers.get("Accept-Language", ""), self.send)
        self.sessions.add(self.session)

    def send(self, message: Any) -> None:
        """To the page, as far as it is there."""
        with suppress(WebSocketClosedError):
            self.write_message(json.dumps(message, ensure_ascii=False))

    async def on_message(self, message: str | bytes) -> None:
        """{"query": ...}: it shows another address; {"do": ...}: begin work of minutes, or stop it."""
        if self.session is None:
            return
        try:
            said = json.loads(message)
            query, work = said.get("query"), said.get("do")
            if isinstance(query, str):
                await self.session.look_at(query, bool(said.get("first")))
            elif isinstance(work, str):
                await self.session.do(work)
        except (ValueError, AttributeError, RecursionError):
            self.close(1003, "no message of a page")
        except (InputError, Stop) as error:
            self.send({"told": str(error)})

    def on_close(self) -> None:
        """The page is gone."""
        if self.session is not None:
            self.sessions.discard(self.session)
            self._ending = asyncio.ensure_future(self.session.close())


class Static(StaticFileHandler):
    """Style and script of the page."""

    def set_default_headers(self) -> None:
        """As of every page."""
        for name, value in HEADERS.items():
            self.set_header(name, value)


def application(explorer: Explorer, only_here: bool = True) -> Application:
    """The handlers around an explorer."""
    shared: dict[str, Any] = {"explorer": explorer, "only_here": only_here, "sessions": set()}
    return Application(
        [
            (r"/", Whole, shared),
            (r"/live", Live, shared),
            (r"/figure/(\w+)\.(\w+)", Drawn, shared),
            (r"/table\.csv", Table, shared),
            (r"/reform\.yaml", Reform, shared),
            (r"/upload", Upload, shared),
            (r"/static/(page\.(?:css|js))", Static, {"path": str(STATIC)}),
        ],
        websocket_max_message_size=4 * LONGEST,
        websocket_ping_interval=20,
        compress_response=True,
        log_function=lambda handler: None,
    )


def serve(app: Application, host: str, port: int) -> tuple[HTTPServer, int]:
    """Listens; the server and its port.

    Raises: OSError where the port is taken or the address is not of this machine.
    """
    server = HTTPServer(app, max_body_size=2 * LARGEST_UPLOAD, max_header_size=4 * LONGEST)
    sockets = bind_sockets(port, host)
    server.add_sockets(sockets)
    return server, int(sockets[0].getsockname()[1])
