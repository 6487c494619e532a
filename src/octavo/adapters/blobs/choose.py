"""From a URL to a blob store."""

import urllib.parse
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from obstore.store import S3Store

from octavo.adapters.blobs.cache import LocalCopies
from octavo.adapters.blobs.local import LocalBlobs
from octavo.adapters.blobs.s3 import S3Blobs
from octavo.domain.errors import InvalidRequest
from octavo.ports.blobs import Blobs

if TYPE_CHECKING:
    # The library has its dictionaries' types in its stubs only.
    from obstore.store import S3Config

_OPTIONS = {"endpoint", "region", "path_style"}


@dataclass(frozen=True, slots=True)
class S3Credentials:
    """Without them the bucket is asked as the machine: an instance or container role."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    def __repr__(self) -> str:
        return "S3Credentials(…)"


def make_blobs(
    url: str,
    *,
    cache_dir: Path,
    cache_bytes: int = 4 * 2**30,
    credentials: S3Credentials | None = None,
) -> Blobs:
    """A folder (`/var/lib/x`, `file:///var/lib/x`) or a bucket.

    A bucket is `s3://name/prefix?endpoint=https://host&region=eu-west-1&path_style=true`; all that
    follows the name may be left out. `cache_dir` holds the local copies of a bucket's blobs, about
    `cache_bytes` of them; a folder needs none.

    Raises:
        InvalidRequest: neither; says what is wrong.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "s3":
        return S3Blobs(_bucket(parts, credentials), LocalCopies(cache_dir, cache_bytes))
    if parts.scheme in {"", "file"} and not parts.netloc and parts.path:
        return LocalBlobs(Path(urllib.parse.unquote(parts.path) if parts.scheme else url))
    raise InvalidRequest("A blob URL is a folder's path, `file:///folder` or `s3://bucket/prefix`.")


def _bucket(parts: urllib.parse.SplitResult, credentials: S3Credentials | None) -> S3Store:
    options = dict(urllib.parse.parse_qsl(parts.query))
    if unknown := sorted(set(options) - _OPTIONS):
        raise InvalidRequest(
            f"A bucket's URL has no option {unknown[0]}; it has {', '.join(sorted(_OPTIONS))}.",
            option=unknown[0],
        )
    if not parts.netloc:
        raise InvalidRequest("A bucket's URL names the bucket: `s3://bucket/prefix`.")
    endpoint = options.get("endpoint")
    config: S3Config = {"region": options.get("region", "us-east-1")}
    if endpoint is not None:
        config["endpoint"] = endpoint
    # Most services of one's own know no host name per bucket; Amazon wants one.
    path_style = options.get("path_style", "false" if endpoint is None else "true").lower()
    config["virtual_hosted_style_request"] = path_style not in {"true", "1", "yes"}
    if credentials is not None:
        config["access_key_id"] = credentials.access_key_id
        config["secret_access_key"] = credentials.secret_access_key
        if credentials.session_token is not None:
            config["session_token"] = credentials.session_token
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        config=config,
        client_options={
            "allow_http": endpoint is not None and endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=120),
        },
        retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=30)},
    )
