"""The same contract over a folder and over a real S3 server."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.blobs.seaweed import BUCKET, CREDENTIALS, seaweed_server

from octavo.adapters.blobs import make_blobs
from octavo.ports.blobs import Blobs


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with seaweed_server(tmp_path_factory.mktemp("seaweed")) as endpoint:
        yield endpoint


@pytest.fixture
def bucket_url(s3_endpoint: str) -> str:
    """A prefix that no other test uses."""
    return f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={s3_endpoint}&region=us-east-1&path_style=true"


@pytest.fixture
def bucket(bucket_url: str, tmp_path: Path) -> Blobs:
    return make_blobs(bucket_url, cache_dir=tmp_path / "cache", credentials=CREDENTIALS)


@pytest.fixture
def folder(tmp_path: Path) -> Blobs:
    return make_blobs(str(tmp_path / "blobs"), cache_dir=tmp_path / "unused")


@pytest.fixture(params=["folder", "bucket"])
def blobs(request: pytest.FixtureRequest) -> Blobs:
    store: Blobs = request.getfixturevalue(request.param)
    return store
