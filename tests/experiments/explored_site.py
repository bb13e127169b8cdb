"""A server of the explorer on stand-ins, asked without a browser."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

from soon import FEW
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from experiments.explorer.explorer import Explorer
from experiments.explorer.server import LOOPBACK, application, serve


class Site:
    """A server with an explorer on stand-ins."""

    def __init__(self, explorer, port):
        self.explorer, self.port = explorer, port
        self.client = AsyncHTTPClient(force_instance=True)
        self.opened = []

    async def get(self, path, **headers):
        found = HTTPRequest(f"http://{LOOPBACK}:{self.port}/{path}", headers=headers, request_timeout=60)
        return await self.client.fetch(found, raise_error=False)

    async def post(self, path, body, **headers):
        found = HTTPRequest(
            f"http://{LOOPBACK}:{self.port}/{path}", method="POST", body=body, headers=headers
        )
        return await self.client.fetch(found, raise_error=False)

    async def page(self, query, first=True, **headers):
        """An open page: its connection, turned to an address."""
        url = f"ws://{LOOPBACK}:{self.port}/live"
        origin = {"Origin": f"http://{LOOPBACK}:{self.port}"}
        connection = await websocket_connect(HTTPRequest(url, headers=origin | headers))
        self.opened.append(connection)
        await connection.write_message(json.dumps({"query": query, "first": first}))
        return connection

    async def leave(self):
        """Every page that is open is closed, and has been noticed to be."""
        for connection in self.opened:
            ended = connection.close_code is not None
            connection.close()
            while not ended and await connection.read_message() is not None:
                pass
        self.client.close()


async def told(connection, enough):
    """Messages of a page until one is enough; all parts as they stand then."""
    parts, message = {}, {}
    async with asyncio.timeout(120):
        while not enough(message, parts):
            message = json.loads(await connection.read_message())
            parts |= message.get("parts", {})
    return parts


def complete(message, parts):
    return message.get("pairs") == FEW


def on_a_site(tmp_path, work):
    """Runs a coroutine function of a site."""

    @asynccontextmanager
    async def site():
        explorer = Explorer(tmp_path / "explore", 2)
        server, port = serve(application(explorer), LOOPBACK, 0)
        one = Site(explorer, port)
        try:
            yield one
        finally:
            await one.leave()
            server.stop()
            await explorer.stop()

    async def run():
        async with site() as one:
            one.explorer.pool.start()
            return await work(one)

    return asyncio.run(run())


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
