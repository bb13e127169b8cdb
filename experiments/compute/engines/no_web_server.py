"""Loaded into a process of Dask's, it keeps that from opening a web server.

    dask scheduler --preload experiments.compute.engines.no_web_server ...

Schedulers and workers of Dask serve their state over HTTP, to anybody and by default on all addresses, also
with --no-dashboard. Dask loads this module before it would open that door, and importing it is all there is.
"""

from typing import Any

from distributed.node import ServerNode

from experiments.compute.engines.trust import serve_nothing

node: Any = ServerNode
node.start_http_server = serve_nothing
