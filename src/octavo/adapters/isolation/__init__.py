"""Hostile or heavy work in child processes: confined, killable, one document's harm kept from the next.

`pool` is what the core calls; `children` runs any function in any free child; `process` is one
child seen from here, `loop` the same child seen from inside, `confine` what it may not do, `reach`
which files it may open, `landlock` how the kernel is told, and `child` the work itself.
"""

from octavo.adapters.isolation.pool import ChildPool

__all__ = ["ChildPool"]
