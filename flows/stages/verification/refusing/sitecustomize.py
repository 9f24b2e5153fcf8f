"""Refuses every connection that leaves this machine: for systems that give a sandbox no network namespace.

Python imports it at start-up when its folder is in PYTHONPATH. Like a namespace it stops what happens by
accident or by habit; a program that tries to get around it can.
"""

from __future__ import annotations

import errno
import ipaddress
import sys
from typing import Any

CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
RESOLVING = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: raises OSError, as a machine without a network does."""
    if event in CONNECTING:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None  # a path is a Unix socket's
    elif event in RESOLVING:
        host = arguments[0]
    else:
        return
    if host is not None and not is_here(host):
        raise OSError(errno.ENETUNREACH, f"the sandbox has no network: {host!r} is out of reach")


def is_here(host: object) -> bool:
    """Whether the host is this machine; an empty one is every address of it."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
    if text in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(refuse)
