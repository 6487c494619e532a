"""What a use case works with, put together once by `octavo.bootstrap`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octavo.app.read_meter import ReadMeter
from octavo.app.schemes.scheme import Scheme
from octavo.app.schemes.table import SCHEMES
from octavo.ports.blobs import Blobs
from octavo.ports.clock import Clock
from octavo.ports.egress import Egress
from octavo.ports.engines import EngineCatalogue
from octavo.ports.isolation import Isolation
from octavo.ports.models import LanguageModel
from octavo.ports.notify import Notifier
from octavo.ports.readers import Limits
from octavo.ports.store import Store


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers that decide, each from one setting."""

    limits: Limits
    slice_budget_s: float = 1.5
    """How long one slice reads before it checkpoints."""
    max_slice_pages: int = 64
    max_child_crashes: int = 2
    """A page that kills its child this often is given up."""
    max_worker_deaths: int = 5
    """A page whose whole worker was lost this often is given up."""
    max_wait_s: float = 60.0
    """The longest a request may be held open by `?wait=` or `Prefer: wait`."""
    file_retention_s: int = 30 * 86_400
    upload_retention_s: int = 86_400
    """How long an upload in parts may take, and is remembered."""
    submits_per_minute: int | None = None
    """Of one key, on all API processes together; None: no limit."""
    reads_per_minute: int | None = None
    """Of one key, on each API process; None: no limit."""
    fetch_timeout_s: float = 60.0
    """The longest a document named by its URL may take to arrive."""
    webhook_timeout_s: float = 15.0
    """The longest a receiver may take to answer one attempt."""
    scratch_dir: Path | None = None
    """Where files of one piece of work are; None: the system's own folder."""


@dataclass(frozen=True, slots=True)
class Services:
    store: Store
    blobs: Blobs
    isolation: Isolation
    engines: EngineCatalogue
    notifier: Notifier
    clock: Clock
    policy: Policy
    egress: Egress
    schemes: Mapping[str, Scheme] = field(default_factory=lambda: SCHEMES)
    """With the dialects' payloads, where there are any."""
    read_meter: ReadMeter = field(default_factory=ReadMeter)
    models: LanguageModel | None = None
    """None: none can be asked."""
    signing_key: bytes = field(default=b"", repr=False)
    """Signs the addresses that need no key: the same for every process of an installation."""
