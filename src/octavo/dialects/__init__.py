"""Five vendors' APIs, and two that many tools are wired to, over the same use cases.

A dialect translates; it decides nothing and stores nothing. Each is a folder with the same five
parts: `wire` (the shapes), `routes`, `inbound` (theirs to ours), `outbound` (ours to theirs) and
`errors`, and an app of its own, so that every refusal has the vendor's shape. `table` lists them.
"""
