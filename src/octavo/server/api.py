"""One API process: answers on the socket that the supervisor listens on."""

import socket

import uvicorn
import uvloop

from octavo.bootstrap import Role, open_services, preload
from octavo.server.front import create_front
from octavo.server.link import ORPHAN_GRACE_S, exit_with_parent, receive_settings
from octavo.server.logs import configure_logging
from octavo.settings import Settings

KEEP_ALIVE_S = 30
MAX_MESSAGE_BYTES = 64 * 1024
"""Of a WebSocket: clients only ask for news."""


class DrainingServer(uvicorn.Server):
    """uvicorn, but a signal ends it with status 0 once it has drained; the library raises it again."""

    def handle_exit(self, sig: int, frame: object) -> None:
        del sig, frame
        self.should_exit = True


def run_api(listener_fd: int) -> None:
    """Until the supervisor says stop or is gone."""
    preload()
    settings = receive_settings()
    configure_logging(settings)
    exit_with_parent(within_s=settings.drain_s + ORPHAN_GRACE_S)
    with socket.socket(fileno=listener_fd) as listener:
        uvloop.run(_answer(settings, listener))


async def _answer(settings: Settings, listener: socket.socket) -> None:
    async with open_services(settings, role=Role.API) as services:
        config = uvicorn.Config(
            create_front(services, hosts=settings.dialect_hosts),
            loop="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=round(settings.drain_s),
            ws="websockets-sansio",
            ws_max_size=MAX_MESSAGE_BYTES,
            ws_per_message_deflate=False,
            ssl_certfile=settings.ssl_certfile,
            ssl_keyfile=settings.ssl_keyfile,
        )
        await DrainingServer(config).serve(sockets=[listener])
