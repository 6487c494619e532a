"""Many requests for one address over kept connections; a process of its own, so that it can be counted out.

python -m benchmarks.http_load HOST PORT PATH KEY --connections 16 --seconds 5
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass

import uvloop

from benchmarks.figures import quantile

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(frozen=True, slots=True)
class LoadResult:
    requests: int
    requests_per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_s: float
    """Of this process."""


def answer_length(received: bytes) -> int | None:
    """Bytes of the whole first answer in `received`; None while its head is incomplete.

    Answers must say their length; ours do.
    """
    end = received.find(_END_OF_HEAD)
    if end < 0:
        return None
    head = received[:end].lower()
    at = head.find(_LENGTH)
    if at < 0:
        raise ValueError("the answer does not say its length")
    stop = head.find(b"\r\n", at)
    return end + len(_END_OF_HEAD) + int(head[at + len(_LENGTH) : stop if stop >= 0 else None])


async def keep_asking(host: str, port: int, request: bytes, until: float) -> list[float]:
    """One connection, one request at a time; the seconds each answer took. Every answer must be a 200."""
    reader, writer = await asyncio.open_connection(host, port)
    took: list[float] = []
    try:
        while (began := time.perf_counter()) < until:
            writer.write(request)
            received = b""
            length = None
            while length is None or len(received) < length:
                chunk = await reader.read(65_536)
                if not chunk:
                    raise ConnectionError("the server closed a connection that should be kept")
                received += chunk
                length = answer_length(received) if length is None else length
            if not received.startswith(b"HTTP/1.1 200 "):
                raise ConnectionError(f"not a 200: {received[:200]!r}")
            took.append(time.perf_counter() - began)
    finally:
        writer.close()
    return took


async def load(host: str, port: int, path: str, key: str, connections: int, seconds: float) -> LoadResult:
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
    began, cpu = time.perf_counter(), time.process_time()
    runs = await asyncio.gather(
        *(keep_asking(host, port, request, began + seconds) for _ in range(connections))
    )
    elapsed = time.perf_counter() - began
    took = [1000 * one for run in runs for one in run]
    return LoadResult(
        requests=len(took),
        requests_per_s=len(took) / elapsed,
        p50_ms=quantile(took, 0.5),
        p95_ms=quantile(took, 0.95),
        p99_ms=quantile(took, 0.99),
        cpu_s=time.process_time() - cpu,
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http_load", description=__doc__)
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("key")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5.0)
    asked = parser.parse_args()
    result = uvloop.run(load(asked.host, asked.port, asked.path, asked.key, asked.connections, asked.seconds))
    print(json.dumps(asdict(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
