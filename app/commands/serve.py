"""`kaohe serve` and `kaohe migrate`: the running service and its database."""

from __future__ import annotations

import contextlib
import errno
import socket
from typing import Annotated

import typer

_WAITING = 512
"""Connections that may wait to be taken."""


def serve_command(
    host: Annotated[str, typer.Option("--host", help="监听的地址;缺省用 KAOHE_HOST 或 127.0.0.1")] = "",
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="监听的端口;缺省用 KAOHE_PORT 或 8000")
    ] = None,
) -> None:
    """打开服务:网页和接口。Serve the pages at / and the API at /api/v1."""
    serve(host=host, port=port)


def serve(*, host: str = "", port: int | None = None) -> None:
    """Serves until told to stop; raises Conflict without a database, OSError where the port is taken."""
    import uvicorn

    from app.asgi import create_app
    from app.logs import set_up_logs
    from app.settings import read_settings
    from app.wiring import require_database

    set_up_logs()
    settings = read_settings()
    require_database(settings)
    with _listen(host or settings.host, settings.port if port is None else port) as listening:
        config = uvicorn.Config(
            create_app(settings, warm=True),
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
        )
        address = listening.getsockname()
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        typer.echo(f"服务已打开:http://{shown}:{address[1]}", err=True)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Bound before anything is loaded, so that a taken port is told in a sentence."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_WAITING)
    except UnicodeError:
        raise OSError(errno.EADDRNOTAVAIL, "不能监听:不是主机名或地址", host) from None
    except OSError as error:
        raise OSError(error.errno, f"不能监听(端口可能被占用):{error.strerror}", f"{host}:{port}") from None
    return listening


def migrate_command() -> None:
    """建立数据库,或把旧版本的数据库升到本版本。Make the database, or bring it up to this version."""
    from app.settings import read_settings
    from app.wiring import make_database
    from models import migrate

    make_database(read_settings())
    typer.echo(f"数据库已就绪,版本 {migrate.head()}。")
