"""The local services: database, Prefect server, worker, dashboards; started, shared, watched, stopped."""
