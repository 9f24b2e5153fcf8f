"""Reads: typed rows; each a function over an open connection."""
