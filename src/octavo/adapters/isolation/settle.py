"""What a child loads for its engine stays loaded: nothing is gained by looking through it for garbage."""

import gc
from functools import cache

_OBJECTS = 10_000
"""More than there were at the last search, before the next: a page has some thousands at a time, and leaves about
ten small ones in circles, handles of PDFium."""


@cache
def settle() -> None:
    """Leave all that is there now out of the search for garbage; once in a process, when its engine is loaded.

    Some hundred thousand objects of libraries and models were walked every few pages, which took a twentieth
    of the time of a digital page. What is dropped later is freed all the same, unless it is a circle.
    Call it before a document is opened.
    """
    import octavo.adapters.readers.table
    import octavo.pipeline.read  # noqa: F401 - loaded to be there

    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS)
