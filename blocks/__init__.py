"""Prefect blocks and settings: where configuration and secrets come from."""
