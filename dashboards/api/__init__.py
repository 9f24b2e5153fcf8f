"""The HTTP API under /api/v1: read-only, on the loopback address."""
