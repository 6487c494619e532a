"""The native HTTP API under `/v1`: one module a noun. `app.create_app` puts them together."""
