"""Traceability: every statement of the interview, followed through the blueprint to files and tests."""
