"""Postgres: tables, writes, reads and the pure rules; knows neither Prefect nor the artifact store."""
