"""An OpenAI-compatible endpoint, as a process of its own: `python vision_server.py <port file> <answers.json>`.

The model's name chooses the answer: a text, or a status. It checks that it is asked as the API says.
"""

import base64
import io
import json
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

KEY = "local-key"
ANSWERS: dict[str, Any] = {}


async def complete(request: Request) -> JSONResponse:
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return JSONResponse({"error": {"message": "no such key"}}, 401)
    body = await request.json()
    answer = ANSWERS.get(body["model"], 404)
    if isinstance(answer, int):
        return JSONResponse({"error": {"message": "not now"}}, answer)
    text, picture = body["messages"][0]["content"]
    head, _, content = picture["image_url"]["url"].partition(",")
    image = Image.open(io.BytesIO(base64.b64decode(content)))
    if text["type"] != "text" or head != "data:image/jpeg;base64" or min(image.size) < 500:
        return JSONResponse({"error": {"message": "not as the API says"}}, 400)
    message = {"role": "assistant", "content": answer}
    return JSONResponse(
        {"object": "chat.completion", "model": body["model"], "choices": [{"index": 0, "message": message}]}
    )


def main() -> None:
    ANSWERS.update(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    Path(sys.argv[1]).write_text(str(listening.getsockname()[1]), encoding="utf-8")
    app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run([listening])


if __name__ == "__main__":
    main()
