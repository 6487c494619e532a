"""How a task stands, told over a WebSocket until it has ended.

First comes `connection`, then `update`s: when the task changes, and when the client has sent any text since the last
one, though no more than one a second: the peer's own client asks again after every update.
"""

import asyncio
from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from octavo.app.limits import count_read
from octavo.app.services import Services
from octavo.dialects.docling.outbound import Task, render_status
from octavo.dialects.docling.tasks import task_of
from octavo.dialects.docling.wire import TaskStatus
from octavo.domain.errors import Gone, NotFound, OctavoError, TemporaryFailure, Unauthenticated
from octavo.domain.tenancy import Principal
from octavo.http.auth import Authenticator
from octavo.http.problems import status_of

router = APIRouter()

LEAST_S = 1.0
"""Between two updates that nothing but the client's asking calls for."""
RECHECK_S = 5.0
"""News can be lost, so the state is read again this often."""
MOST = 200
"""Sockets of one process; a key has at most a tenth of them. Who finds no place polls."""
NO_KEY = "Api key is required as the ?api_key=SECRET query parameter."
_NOT_ALLOWED, _TRY_AGAIN = 1008, 1013
_NOT_FOUND = "Task not found."
_BUSY = "Server is busy, please try again shortly."

_open: dict[str, int] = {}
"""How many each key has open in this process."""


@router.websocket("/v1/status/ws/{task_id}")
async def status(socket: WebSocket, task_id: str) -> None:
    """The key comes as `?api_key=`, or in a header."""
    services: Services | None = socket.app.state.services
    try:
        if services is None:
            raise TemporaryFailure(_BUSY)
        caller = await _caller(socket, services)
        count_read(principal=caller, services=services)
    except OctavoError as error:
        words = NO_KEY if isinstance(error, Unauthenticated) else error.summary
        await socket.send_denial_response(JSONResponse({"detail": words}, status_of(error)))
        return
    await socket.accept()
    with suppress(WebSocketDisconnect):
        await _told(socket, task_id, caller, services)


async def _told(socket: WebSocket, task_id: str, caller: Principal, services: Services) -> None:
    if not _takes_place(caller):
        await _end(socket, _BUSY, _TRY_AGAIN)
        return
    try:
        task = await task_of(task_id, caller, services)
        await _send(socket, "connection", render_status(task))
        await _follow(socket, task, task_id, services)
    except (NotFound, Gone):
        await _end(socket, _NOT_FOUND)
    except Unauthenticated:
        await _end(socket, NO_KEY, _NOT_ALLOWED)
    except OctavoError:
        await _end(socket, _BUSY, _TRY_AGAIN)
    finally:
        _open[caller.key_id] -= 1
        if not _open[caller.key_id]:
            del _open[caller.key_id]


def _takes_place(caller: Principal) -> bool:
    mine = _open.get(caller.key_id, 0)
    if mine >= MOST // 10 or sum(_open.values()) >= MOST:
        return False
    _open[caller.key_id] = mine + 1
    return True


async def _follow(socket: WebSocket, task: Task, task_id: str, services: Services) -> None:
    """Until the task has ended, the key is no more, or the client has left (`WebSocketDisconnect`)."""
    asked = asyncio.Event()
    listening = asyncio.create_task(_listen(socket, asked))
    try:
        last: TaskStatus | None = None
        while True:
            now = render_status(task)
            if now != last or asked.is_set():
                asked.clear()
                await _send(socket, "update", now)
                last = now
            if task.is_final:
                await socket.close()
                return
            await _pause(task, listening, asked, services)
            if listening.done():
                listening.result()
            task = await task_of(task_id, await _caller(socket, services), services)
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError, WebSocketDisconnect):
            await listening


async def _pause(task: Task, listening: asyncio.Task[None], asked: asyncio.Event, services: Services) -> None:
    """Until the first job that has not ended has news, the client is due an answer, or it has left."""
    waiting = next((job for job in task.jobs if not job.status.is_final), task.jobs[0])
    async with services.notifier.subscribe(waiting.id) as news:
        until = [asyncio.create_task(news.changed(RECHECK_S)), asyncio.create_task(_is_due(asked))]
        try:
            await asyncio.wait([*until, listening], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in until:
                one.cancel()
            await asyncio.gather(*until, return_exceptions=True)


async def _is_due(asked: asyncio.Event) -> None:
    await asyncio.sleep(LEAST_S)
    await asked.wait()


async def _listen(socket: WebSocket, asked: asyncio.Event) -> None:
    """Whatever text comes asks for an update. Raises `WebSocketDisconnect`."""
    while True:
        await socket.receive_text()
        asked.set()


async def _caller(socket: HTTPConnection, services: Services) -> Principal:
    """Looked up again each time, so that a key that is revoked ends its sockets. Raises `Unauthenticated`."""
    authenticator: Authenticator = socket.app.state.authenticator
    scheme, _, credentials = socket.headers.get("authorization", "").partition(" ")
    bearer = credentials.strip() if scheme.lower() == "bearer" else None
    key = socket.query_params.get("api_key") or socket.headers.get("x-api-key") or bearer
    return await authenticator.principal(key, services)


async def _send(socket: WebSocket, message: str, task: TaskStatus) -> None:
    await socket.send_json({"message": message, "task": task, "error": None})


async def _end(socket: WebSocket, words: str, code: int = 1000) -> None:
    await socket.send_json({"message": "error", "task": None, "error": words})
    await socket.close(code)
