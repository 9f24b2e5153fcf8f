"""The local services: database, Prefect server, worker and dashboards, started, shared, watched and stopped."""
