"""Property tests are not timed: a machine that does other work is no fault of the code.

Whether a change lands is not left to luck either: the same examples are tried every time. `make test-explore`
tries others; what it finds becomes an `@example` of the test that failed.
"""

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("same")
