"""Approval: the founder's decision on a blueprint."""
