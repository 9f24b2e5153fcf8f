"""Which port a service listens on: the preferred one, another when that is taken."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"
"""Every local service listens on the loopback address alone."""


def free_port(preferred: int = 0) -> int:
    """`preferred` when nothing listens there, else a port the system says is free."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no free port on {HOST}")
