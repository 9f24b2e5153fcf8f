"""The field kinds, and the usual other names people and tools have for them."""

from __future__ import annotations

import difflib
import re

from flows.contracts import FieldKind

SYNONYMS: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.TEXT: ("string", "str", "varchar", "char", "character", "short text", "line", "word", "words"),
    FieldKind.LONG_TEXT: (
        "textarea",
        "text area",
        "text blob",
        "clob",
        "multiline",
        "multiline text",
        "paragraph",
        "paragraphs",
        "notes",
        "rich text",
        "markdown",
    ),
    FieldKind.NUMBER: ("integer", "int", "bigint", "smallint", "long", "whole number", "count", "quantity"),
    FieldKind.DECIMAL: ("float", "double", "real", "numeric", "big decimal", "decimal number", "percentage"),
    FieldKind.MONEY: ("price", "amount", "currency", "cost", "monetary"),
    FieldKind.DATE: ("day", "local date", "calendar date"),
    FieldKind.TIME: ("local time", "time of day", "clock time"),
    FieldKind.DATE_AND_TIME: (
        "datetime",
        "date time",
        "date with time",
        "local date time",
        "timestamp",
        "instant",
        "moment",
        "zoned date time",
    ),
    FieldKind.DURATION: ("interval", "timedelta", "time span", "length of time", "period"),
    FieldKind.YES_NO: ("boolean", "bool", "flag", "checkbox", "true/false", "yes or no", "tick box"),
    FieldKind.CHOICE: ("choices", "enum", "enumeration", "select", "dropdown", "option", "options", "one of"),
    FieldKind.EMAIL: ("e-mail", "mail", "email address", "e-mail address"),
    FieldKind.PHONE: ("telephone", "tel", "phone number", "telephone number", "mobile", "mobile number"),
    FieldKind.LINK: ("url", "uri", "website", "web address", "web page", "web site", "hyperlink", "href"),
    FieldKind.IMAGE: ("photo", "picture", "photograph", "image blob", "logo", "avatar"),
    FieldKind.FILE: ("upload", "attachment", "blob", "any blob", "document", "pdf"),
    FieldKind.IDENTIFIER: ("uuid", "guid", "id", "unique id"),
}


def _squashed(word: str) -> str:
    return re.sub(r"[\s\-_/]+", "", word).casefold()


_KINDS = {_squashed(word): kind for kind, synonyms in SYNONYMS.items() for word in (kind.value, *synonyms)}
ALL_KINDS = ", ".join(kind.value for kind in FieldKind)


def kind_of(word: str) -> FieldKind | None:
    """The kind a word names, however it is spelled: `dateTime`, `date-time` and `Date Time` are one."""
    return _KINDS.get(_squashed(word))


def kind_hint(word: str) -> str:
    """What would be right in place of a word that names no kind."""
    squashed = _squashed(word[:40])
    listed = f"The types are: {ALL_KINDS}."
    if not squashed.isalnum():
        return f"More than a type is written as {{type: text, required: true}}. {listed}"
    near = difflib.get_close_matches(squashed, _KINDS, n=1, cutoff=0.65)
    return f"Did you mean '{_KINDS[near[0]].value}'? {listed}" if near else listed
