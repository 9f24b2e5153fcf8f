"""Alembic migrations; every one says why it is there and what it locks."""
