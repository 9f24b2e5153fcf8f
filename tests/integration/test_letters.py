"""Letters of a generated application, sent to a real mail server: who gets them, and what they say."""

from __future__ import annotations

import email.policy
import json
import re
import urllib.request
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest

from tests import applications, smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

NAME = 'Zoë & "Söhne" <x@example.com>\r\nBcc: y@example.com, =?utf-8?q?z?='
BASE_URL = "https://pets.example"
SENDER = "Pets <post@pets.example>"
OWNER = "owner@example.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application whose name would like to be a header."""
    plan = applications.blueprint("pet_sitting").model_copy(update={"name": NAME})
    folder = tmp_path_factory.mktemp("letters")
    applications.write(applications.generate(plan), folder)
    return folder


@pytest.fixture(scope="module")
def post(
    installed: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[smtp.MailServer, str]]:
    """A mail server, and the address of the application that knows it."""
    shown, tls = smtp.certificate(tmp_path_factory.mktemp("certificate"))
    with (
        smtp.serving(tls) as server,
        applications.served(installed, folder, **settings(server), SSL_CERT_FILE=str(shown)) as address,
    ):
        applications.get(f"{address}/healthz")
        yield server, address


def settings(server: smtp.MailServer) -> dict[str, str]:
    return {
        "SMTP_HOST": smtp.HOST,
        "SMTP_PORT": str(server.port),
        "SMTP_USER": smtp.USER,
        "SMTP_PASSWORD": smtp.PASSWORD,
        "MAIL_FROM": SENDER,
        "BASE_URL": f"{BASE_URL}/",
    }


def ask(address: str, path: str, values: dict[str, str]) -> int:
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{address}/api/v1/{path}", json.dumps(values).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=smtp.PATIENCE_S) as answer:  # noqa: S310 - ours
        return int(answer.status)


def read(visit: smtp.Visit) -> tuple[EmailMessage, str]:
    """The letter and its text; headers and recipients are what they have to be whatever it says."""
    letter = email.message_from_bytes(visit.letter, EmailMessage, policy=email.policy.SMTP)
    assert visit.encrypted
    assert visit.password == smtp.PASSWORD
    assert visit.recipients == [f"<{OWNER}>"]
    assert (letter["To"], letter["From"]) == (OWNER, SENDER)
    assert sorted(set(letter.keys()) - {"Content-Transfer-Encoding", "Content-Type", "MIME-Version"}) == [
        "Date",
        "From",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert letter["Message-ID"].endswith("@pets.example>")
    assert parsedate_to_datetime(letter["Date"]).tzinfo is not None
    return letter, letter.get_content()


def test_the_letter_with_the_link_sets_a_new_password(post: tuple[smtp.MailServer, str]) -> None:
    server, address = post
    assert ask(address, "forgot-password", {"email": OWNER.upper()}) == 202
    letter, text = read(server.next_visit())
    assert letter["Subject"].startswith('A new password for Zoë & "Söhne" <x@example.com> Bcc: y')
    [token] = re.findall(rf"^{BASE_URL}/reset-password\?token=(\S+)", text, re.MULTILINE)
    new = {"token": token, "password": "another long password"}
    assert ask(address, "reset-password", new) == 204
    assert ask(address, "tokens", {"email": OWNER, "password": new["password"]}) == 201


def test_the_owner_of_an_address_that_is_taken_gets_a_letter(post: tuple[smtp.MailServer, str]) -> None:
    server, address = post
    newcomer = {"email": OWNER, "name": "Bcc: y@example.com", "password": "a long enough one"}
    assert ask(address, "sign-up", newcomer | {"role": "owner"}) == 202
    letter, text = read(server.next_visit())
    assert letter["Subject"].startswith("Your account at Zoë")
    assert f"{BASE_URL}/forgot-password" in text
    assert "Bcc" not in text


def test_nobody_else_gets_a_letter(post: tuple[smtp.MailServer, str]) -> None:
    server, address = post
    assert ask(address, "forgot-password", {"email": "nobody@example.com"}) == 202
    assert ask(address, "forgot-password", {"email": f"{OWNER}\nBcc: nobody@example.com"}) == 202
    # Letters are sent one after the other: were there one to nobody, it would come before this one.
    assert ask(address, "forgot-password", {"email": OWNER}) == 202
    read(server.next_visit())
    assert server.visits.empty()


@pytest.mark.parametrize("encrypted", [False, True])
def test_no_letter_goes_where_nobody_can_be_sure_who_reads_it(
    installed: Path, folder: Path, tmp_path: Path, *, encrypted: bool
) -> None:
    _, tls = smtp.certificate(tmp_path)
    with (
        smtp.serving(tls if encrypted else None) as server,
        applications.served(installed, folder, **settings(server)) as address,
    ):
        applications.get(f"{address}/healthz")
        assert ask(address, "forgot-password", {"email": OWNER}) == 202
        visit = server.next_visit()
    assert (visit.recipients, visit.letter, visit.password) == ([], b"", "")
