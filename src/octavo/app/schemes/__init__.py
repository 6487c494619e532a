"""How receivers of webhooks are told: one module a form, all in `SCHEMES`."""
