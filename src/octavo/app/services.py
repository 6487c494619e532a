"""What a use case works with, put together once by `octavo.bootstrap`."""

from dataclasses import dataclass
from pathlib import Path

from octavo.ports.blobs import Blobs
from octavo.ports.clock import Clock
from octavo.ports.engines import EngineCatalogue
from octavo.ports.isolation import Isolation
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
