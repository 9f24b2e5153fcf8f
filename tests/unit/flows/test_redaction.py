"""A log line is safe to keep: no secrets, no control characters, bounded."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.settings import settings
from flows.redaction import LIMIT, _known, clean, clean_extras


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("postgresql://ada:hunter2@db:5432/app", "postgresql://ada:***@db:5432/app"),
        ("password=hunter2, user=ada", "password=***, user=ada"),
        ('{"api_key": "abc123"}', '{"api_key": "***"}'),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("uses AKIAABCDEFGHIJKLMNOP here", "uses *** here"),
        ("Proxy-Authorization=Basic dXNlcjpwYXNz, next", "Proxy-Authorization=Basic ***, next"),
        ("sent Bearer abcdefgh.ijk", "sent Bearer ***"),
        ("AWS_SECRET_ACCESS_KEY=abc/def+g", "AWS_SECRET_ACCESS_KEY=***"),
        ("pushed with ghp_0123456789abcdefghijkl", "pushed with ***"),
        ("jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "jwt ***"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- end",
            "-----BEGIN RSA PRIVATE KEY-----*** end",
        ),
        ("-----BEGIN PRIVATE KEY-----\ncut off", "-----BEGIN PRIVATE KEY-----***"),
        ("the keys of a map, a token: one", "the keys of a map, a token: ***"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("one\r\ntwo", "one\ntwo"),
        ("right\u202eleft", "right\N{REPLACEMENT CHARACTER}left"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d", "half ?"),
    ],
)
def test_what_is_kept(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_long_message_is_cut_with_a_mark() -> None:
    kept = clean("x" * (LIMIT + 10))
    assert kept.endswith("… [10 characters cut]")


def test_secrets_this_process_was_given_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", "postgresql://ada:correct-horse@db/app")
    monkeypatch.setenv("SMTP_PASSWORD", "battery-staple")
    monkeypatch.setenv("SHORT_TOKEN", "the")
    settings.cache_clear()
    _known.cache_clear()
    try:
        said = "the mail with battery-staple, then correct-horse"
        assert clean(said) == "the mail with ***, then ***"
    finally:
        monkeypatch.undo()
        settings.cache_clear()
        _known.cache_clear()


def test_extras_are_json_without_secrets() -> None:
    loop: dict[str, object] = {}
    loop["self"] = loop
    kept = clean_extras({"n": 1, "api_key": "x", "big": 2**70, "bad": float("inf"), "loop": loop, "s": {3}})
    assert kept is not None
    assert json.loads(json.dumps(kept, allow_nan=False)) == kept
    assert (kept["n"], kept["api_key"], kept["big"], kept["bad"], kept["s"]) == (
        1,
        "***",
        str(2**70),
        "inf",
        [3],
    )
    assert clean_extras({}) is None
    assert clean_extras({"long": ["x" * 1000] * 20}) == {"cut": True, "characters": 20090}


@given(st.text())
def test_whatever_is_written_can_be_stored(text: str) -> None:
    kept = clean(text)
    assert "\x00" not in kept
    kept.encode()
