"""The nine stages; each a thin Prefect task beside pure modules."""
