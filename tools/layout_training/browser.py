"""Chromium without a window, spoken to over a pipe: HTML in, a PDF and the places of its parts out."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

MEASURE = Path(__file__).with_name("measure.js")


class NotMeasured(Exception):
    """The page's script did not come to an end."""


class Browser:
    """Use it in a `with`; it ends with it."""

    def __init__(self) -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            raise SystemExit("Chromium is needed to make pages: apt install chromium")
        self._folder = tempfile.mkdtemp(prefix="layout-pages-")
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        command = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
            f"--user-data-dir={self._folder}", "--disable-extensions", "--mute-audio", "--hide-scrollbars", "about:blank",
        ]  # fmt: skip
        # The browser reads commands from descriptor 3 and writes answers to 4.
        shell = ["bash", "-c", f'exec "$@" 3<&{to_browser} 4>&{from_browser}', "browser", *command]
        self._process = subprocess.Popen(
            shell, pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._count = 0
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._measure = MEASURE.read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._write)
        os.close(self._read)
        self._process.terminate()
        self._process.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def print(self, html: str) -> tuple[bytes, list[dict[str, Any]]]:
        """The PDF, and for each page the parts with their role and boxes (page fractions)."""
        page = Path(self._folder) / f"page-{self._count}.html"
        page.write_text(html, encoding="utf-8")
        self._ask("Page.navigate", url=page.as_uri())
        while not self._evaluate(f"document.readyState == 'complete' && location.href == '{page.as_uri()}'"):
            pass
        page.unlink()
        # The print layout is what is measured, so that both break their lines alike.
        self._ask("Emulation.setEmulatedMedia", media="print")
        measured = self._evaluate(self._measure)
        if not isinstance(measured, str):
            raise NotMeasured
        parts = json.loads(measured)
        pdf = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        return base64.b64decode(pdf), parts

    def _ask(self, method: str, **params: object) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                found: dict[str, Any] = answer["result"]
                return found

    def _evaluate(self, expression: str) -> Any:
        """What the page says; False while there is none."""
        return self._ask("Runtime.evaluate", expression=expression)["result"].get("value", False)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            chunk = os.read(self._read, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser has ended")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
