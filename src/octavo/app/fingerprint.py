"""What makes two submissions the same: the same work, or the same request."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from octavo.domain.document import EngineIdentity
from octavo.domain.job import JobOptions
from octavo.domain.webhook import Callback


def cache_key(sha256: str, options: JobOptions, engine: EngineIdentity) -> str:
    """SHA-256 (hex) over the source's digest, the canonical options and the engine's digest.

    Whatever time it was given: only documents that were read whole are answered from the cache.
    """
    options = replace(options, time_limit_s=None)
    return digest({"source": sha256, "options": options.canonical(), "engine": engine.digest})


def callbacks_shown(callbacks: Sequence[Callback]) -> list[Any] | None:
    """Without their secrets: they could be guessed from a hash. One alone is told as when there was but one."""
    shown = [[one.url, one.scheme, sorted(one.event_types), one.metadata] for one in callbacks]
    return (shown if len(shown) > 1 else shown[0]) if shown else None


def digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
