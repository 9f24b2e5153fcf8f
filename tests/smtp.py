"""A mail server on the loopback: as much of SMTP as a client needs, with STARTTLS and a password."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import ipaddress
import queue
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"
USER, PASSWORD = "postman", "a password of the postman"
PATIENCE_S = 60


@dataclass(kw_only=True)
class Visit:
    """What one connection said: its commands, whom the letter is for, and the letter as it was sent."""

    commands: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    letter: bytes = b""
    encrypted: bool = False
    password: str = ""


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        visit = Visit()
        with contextlib.suppress(OSError):
            self.answer("220 ready")
            while line := self.rfile.readline().decode().rstrip("\r\n"):
                verb = line.split(" ", 1)[0].upper()
                visit.commands.append(verb)
                self.obey(verb, line, visit)
                if verb == "QUIT":
                    break
        self.server.visits.put(visit)

    def obey(self, verb: str, line: str, visit: Visit) -> None:
        if verb == "EHLO":
            offered = "AUTH PLAIN" if visit.encrypted else "STARTTLS" if self.server.tls else "SIZE"
            self.answer(f"250-here\r\n250 {offered}")
        elif verb == "STARTTLS" and self.server.tls:
            self.answer("220 go on")
            secure = self.server.tls.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile = secure.makefile("rb"), secure.makefile("wb", buffering=0)
            visit.encrypted = True
        elif verb == "AUTH":
            _, user, visit.password = base64.b64decode(line.rpartition(" ")[2]).decode().split("\0")
            self.answer("235 welcome" if (user, visit.password) == (USER, PASSWORD) else "535 no")
        elif verb == "DATA":
            self.answer("354 write")
            lines = iter(self.rfile.readline, b".\r\n")
            visit.letter = b"".join(line.removeprefix(b".") for line in lines)
            self.answer("250 taken")
        else:
            if verb == "RCPT":
                visit.recipients.append(line.partition(":")[2].strip())
            self.answer("221 bye" if verb == "QUIT" else "250 fine")

    def answer(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every letter; `visits` holds what each connection said once it is over."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__((HOST, 0), _Conversation)
        self.tls = tls
        self.visits: queue.Queue[Visit] = queue.Queue()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def next_visit(self) -> Visit:
        """What the next connection said, as soon as it is over; raises queue.Empty when none comes."""
        return self.visits.get(timeout=PATIENCE_S)


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None) -> Iterator[MailServer]:
    """A running server."""
    with MailServer(tls) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of the loopback that signs itself, and how a server shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, secret = folder / "mail.crt", folder / "mail.key"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, secret)
    return shown, context
