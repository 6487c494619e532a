"""Use cases of webhooks: registering who is told."""
