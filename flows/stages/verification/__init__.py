"""Verification: the generated application installed, checked, booted and tested in a sandbox."""
