"""Pieces that several pages show the same way."""
