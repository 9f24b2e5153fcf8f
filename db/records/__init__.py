"""Writes: idempotent upserts, each a function over an open connection."""
