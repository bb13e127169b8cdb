"""`sanxiang explore`: a page on this machine that answers with real runs."""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

from experiments.command.arguments import WORKERS, Parser
from experiments.exits import Exit
from experiments.explorer.explorer import Explorer
from scenarios.values.errors import InputError
from scenarios.values.file_names import at_home

HOST, PORT, RESULTS = "127.0.0.1", 8421, "results/explore"
LAST_PORT = 65_535
NEEDS = (
    "a page needs Tornado, which the extra `explore` of the package installs: pip install 'sanxiang[explore]'"
)
BEYOND = (
    "listening on {} port {}: whoever reaches it can start runs on this machine and read what they give; "
    "without --host it is reached from this machine alone"
)


def main(args: list[str]) -> int:
    """sanxiang explore [--port P] [--no-browser] [--host H] [--results DIR] [--workers W]"""
    asked = _parsed(args)
    if find_spec("tornado") is None:
        raise InputError(NEEDS)
    try:
        asyncio.run(_serve(asked))
    except KeyboardInterrupt:
        return Exit.OK
    return Exit.OK


def _parsed(args: list[str]) -> Namespace:
    """The words. Raises: InputError."""
    parser = Parser(prog="sanxiang explore")
    parser.add_argument("--port", type=int, metavar="P", help=f"of the page; {PORT}, or any that is free")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    parser.add_argument(
        "--host", default=HOST, metavar="H", help="listen on this address, not on this machine's own alone"
    )
    parser.add_argument(
        "--results", type=Path, default=Path(RESULTS), metavar="DIR", help=f"what is kept; {RESULTS}"
    )
    parser.add_argument("--workers", type=int, metavar="W", help=WORKERS)
    asked = parser.parse_args(args)
    if asked.port is not None and not 0 <= asked.port <= LAST_PORT:
        raise InputError(f"--port {asked.port} is not a whole number from 0 to {LAST_PORT:,}")
    if asked.workers is not None and asked.workers < 1:
        raise InputError(f"--workers {asked.workers} is not a whole number from 1 on")
    return asked


async def _serve(asked: Namespace) -> None:
    """Serves until it is told to stop."""
    from experiments.explorer.server import LOOPBACK_NAMES, application, serve

    only_here = asked.host in LOOPBACK_NAMES
    explorer = Explorer(at_home(asked.results), asked.workers)
    server, port = _listening(serve, application(explorer, only_here), asked)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if not only_here:
        print(BEYOND.format(asked.host, port), file=sys.stderr)
    shown = f"[{asked.host}]" if ":" in asked.host else asked.host
    address = f"http://{shown}:{port}/"
    print(f"explore: {address}  (Ctrl-C ends it)", flush=True)
    begun = asyncio.create_task(explorer.start())
    if not asked.no_browser:
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    try:
        await stop.wait()
    finally:
        server.stop()
        begun.cancel()
        await explorer.stop()


def _listening(serve, app, asked: Namespace):  # type: ignore[no-untyped-def]
    """The server and its port: the one that was asked for, else the usual one, else any that is free."""
    try:
        return serve(app, asked.host, PORT if asked.port is None else asked.port)
    except OSError:
        if asked.port is not None:
            raise
        return serve(app, asked.host, 0)
