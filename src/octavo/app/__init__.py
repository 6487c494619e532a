"""Use cases: one verb, one module. `process` is the place to start reading."""
