"""The observability stage: health, metrics, logs, dashboards and alerts of the application."""
