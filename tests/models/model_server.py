"""An OpenAI-compatible endpoint, as a process of its own: `python model_server.py <port file> <forms.json>`.

The model's name chooses how it behaves. `forms.json` has by name what a model says: a tree whose leaves are
`[value, word, …]`; the ids of the words are looked up in the question, as a model would.
"""

import asyncio
import json
import re
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

KEY = "local-key"
FORMS: dict[str, Any] = {}
SEEN: Counter[str] = Counter()
_WORD = re.compile(r"(p\d+w\d+)\|(\S+)")


async def complete(request: Request) -> Response:
    body = await request.json()
    model = body["model"]
    SEEN[model] += 1
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return refusal(401, "no such key")
    behave = BEHAVIOURS.get(model.partition(":")[0])
    refused = await behave(body, SEEN[model]) if behave else None
    return refused or said(json.dumps(spoken(FORMS[model.rpartition(":")[2]], body)))


def refusal(status: int, message: str, **headers: str) -> Response:
    return JSONResponse({"error": {"message": message}}, status, headers)


def said(text: str, *, reason: str = "stop") -> Response:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    used = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
    return JSONResponse({"object": "chat.completion", "choices": [choice], "usage": used})


def spoken(node: Any, body: dict[str, Any]) -> Any:
    """The form with the ids of its words, each the first of that word that is not taken yet."""
    ids: dict[str, list[str]] = {}
    for name, word in _WORD.findall(body["messages"][1]["content"]):
        ids.setdefault(word, []).append(name)
    return _spoken(node, ids)


def _spoken(node: Any, ids: dict[str, list[str]]) -> Any:
    if isinstance(node, dict):
        return {name: _spoken(child, ids) for name, child in node.items()}
    if isinstance(node, list) and all(isinstance(child, dict) for child in node):
        return [_spoken(child, ids) for child in node]
    if isinstance(node, list):
        found = [ids[word].pop(0) if ids.get(word) else "p9w999" for word in node[1:]]
        return {"value": node[0], "words": found}
    return node


async def busy_once(_: dict[str, Any], times: int) -> Response | None:
    return refusal(429, "too many", **{"retry-after": "1"}) if times == 1 else None


async def away(_: dict[str, Any], __: int) -> Response | None:
    return refusal(503, "not now")


async def slow(_: dict[str, Any], __: int) -> Response | None:
    await asyncio.sleep(60)
    return None


async def slow_once(_: dict[str, Any], times: int) -> Response | None:
    if times == 1:
        await asyncio.sleep(60)
    return None


async def no_schema(body: dict[str, Any], _: int) -> Response | None:
    is_schema = body.get("response_format", {}).get("type") == "json_schema"
    return refusal(400, "response_format: json_schema is not supported") if is_schema else None


async def plain(body: dict[str, Any], _: int) -> Response | None:
    """Knows none of the newer names, and says so one at a time."""
    for name in ("temperature", "max_tokens", "response_format"):
        if name in body:
            return refusal(400, f"unknown parameter: {name}")
    return None


async def renamed(body: dict[str, Any], _: int) -> Response | None:
    is_old = "max_tokens" in body
    return refusal(400, "max_tokens is not supported, use max_completion_tokens") if is_old else None


async def refuses(_: dict[str, Any], __: int) -> Response | None:
    return refusal(400, "the prompt is too long")


async def huge(_: dict[str, Any], __: int) -> Response | None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 2**20

    return StreamingResponse(chunks(), media_type="application/json")


async def moved(_: dict[str, Any], __: int) -> Response | None:
    return RedirectResponse("/elsewhere", 307)


async def babbles(_: dict[str, Any], __: int) -> Response | None:
    return said("I would say that this is an invoice, and a nice one.")


async def circles(_: dict[str, Any], __: int) -> Response | None:
    entry = '{"description": {"value": "again", "words": []}},'
    return said('{"line_items": [' + entry * 500, reason="length")


async def web_page(_: dict[str, Any], __: int) -> Response | None:
    return Response("<html>It works!</html>", media_type="text/html")


BEHAVIOURS = {
    "busy-once": busy_once,
    "away": away,
    "slow": slow,
    "slow-once": slow_once,
    "no-schema": no_schema,
    "plain": plain,
    "renamed": renamed,
    "refuses": refuses,
    "huge": huge,
    "moved": moved,
    "babbles": babbles,
    "circles": circles,
    "web-page": web_page,
}


async def seen(_: Request) -> Response:
    return JSONResponse(dict(SEEN))


def main() -> None:
    FORMS.update(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # whoever reads the port below may connect at once
    Path(sys.argv[1]).write_text(str(listening.getsockname()[1]), encoding="utf-8")
    routes = [Route("/v1/chat/completions", complete, methods=["POST"]), Route("/seen", seen)]
    uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning")).run([listening])


if __name__ == "__main__":
    main()
