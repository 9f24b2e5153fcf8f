"""Words that mean something elsewhere, and every position of an interview that words can stand in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.hostile.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

Fit = Literal["line", "lines", "pattern", "known"]
"""What a position takes: a text of one line, of several, a regular expression, or a word that is known."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A hostile text, and which positions take it as data."""

    what: str
    text: str
    fits: frozenset[Fit] = frozenset({"line", "lines"})


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place for a word in an interview that can be used; § stands for the word, quoted as JSON does."""

    what: str
    document: str
    fit: Fit

    def case(self, word: Word) -> Case:
        """The interview with the word in this position."""
        before = self.document.partition("§")[0]
        place = f"{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"
        return Case(
            what=f"{word.what} as {self.what}",
            given=self.document.replace("§", _quoted(word.text)),
            refused="" if self.fit in word.fits else place,
        )


def _quoted(text: str) -> str:
    """The text as YAML and JSON quote it; YAML has no escape for one sign in two parts."""
    return json.dumps(text, ensure_ascii=max(map(ord, text), default=0) <= 0xFFFF)


MATCHES: frozenset[Fit] = frozenset({"line", "lines", "pattern"})
MULTILINE: frozenset[Fit] = frozenset({"lines"})
NOWHERE: frozenset[Fit] = frozenset()

WORDS = (
    Word(what="template syntax", text="{{ 7*7 }}{% raw %}{# x #}[[ x ]][% x %]"),
    Word(what="quotes", text='it\'s "so" `here`', fits=MATCHES),
    Word(what="backslashes", text="a\\b\\n\\x41\\u0041\\"),
    Word(what="a new line", text='one\n"""\ntwo', fits=MULTILINE),
    Word(what="a tab", text="one\ttwo", fits=MULTILINE),
    Word(what="triple quotes", text="\"\"\" + '''", fits=MATCHES),
    Word(what="HTML", text="</textarea><script>alert(1)</script>&amp;", fits=MATCHES),
    Word(what="an HTML attribute", text='" onload="alert(1)" x=\'', fits=MATCHES),
    Word(what="SQL", text="'; DROP TABLE users; --", fits=MATCHES),
    Word(what="shell", text="$(id) `id` ${HOME} && rm -rf ~"),
    Word(what="a path", text="../../etc/passwd", fits=MATCHES),
    Word(what="a spreadsheet formula", text='=HYPERLINK("x")', fits=MATCHES),
    Word(what="format strings", text="{0} %s %(x)s {x.__class__}"),
    Word(what="Python", text="__import__('os').system('id')", fits=MATCHES),
    Word(what="a Python keyword", text="class", fits=MATCHES),
    Word(what="a Python constant", text="None", fits=MATCHES),
    Word(what="a special name", text="__class__", fits=MATCHES),
    Word(what="a word for secrets", text="secret password token", fits=MATCHES),
    Word(what="Markdown", text="[x](javascript:alert(1)) | # **b**"),
    Word(what="CSS", text="*/ } body { display: none } /*"),
    Word(what="YAML", text="- a: &b !!c {d: [e]} # f"),
    Word(what="a YAML constant", text="null", fits=MATCHES),
    Word(what="a mail header", text="a@example.com%0aBcc: b@example.com", fits=MATCHES),
    Word(what="punctuation alone", text="---", fits=MATCHES),
    Word(what="digits alone", text="\u0660\u0660\u0667", fits=MATCHES),
    Word(what="the name of our own table", text="alembic_version", fits=MATCHES),
    Word(what="homoglyphs", text="\u041ewn\u0435r", fits=MATCHES),
    Word(what="a zero-width space", text="Ow\u200bner", fits=MATCHES),
    Word(what="a byte order mark inside", text="Ow\ufeffner", fits=MATCHES),
    Word(what="stacked accents", text="e\u0301\u0322\u0353" * 5, fits=MATCHES),
    Word(what="signs beyond 16 bits", text="🐕\u200d🦺 🇳🇱", fits=MATCHES),
    Word(what="a script without case", text="犬の名前", fits=MATCHES),
    Word(what="right-to-left letters", text="كلب", fits=MATCHES),
    Word(what="letters that change their length", text="ﬁeld İ ß Ⅷ", fits=MATCHES),
    Word(what="nothing", text="", fits=NOWHERE),
    Word(what="white space alone", text=" \u00a0\u3000", fits=NOWHERE),
    Word(what="invisible signs alone", text="\u200b\u2060\ufeff", fits=NOWHERE),
    Word(what="NUL", text="a\x00b", fits=NOWHERE),
    Word(what="a terminal's escape", text="a\x1b[31mb", fits=NOWHERE),
    Word(what="text turned right to left", text="a\u202egpj.exe", fits=NOWHERE),
    Word(what="a line separator", text="a\u2028b", fits=NOWHERE),
    Word(what="10,000 letters", text="x" * 10_000, fits=NOWHERE),
    Word(what="2,000 words", text="word " * 2_000, fits=NOWHERE),
)

PLAIN = Word(what="a plain word", text="plain", fits=MATCHES)

_HEAD = "name: Hostile\nidea: What people write is data.\n"
_OWNER = "entities:\n  Owner:\n    fields:\n      title: text\n"
_PET = _HEAD + _OWNER + "  Pet:\n    fields:\n      title: text\n"
_FIELD = _HEAD + _OWNER + "      extra: "


def _position(what: str, document: str, fit: Fit) -> Position:
    return Position(what=what, document=document, fit=fit)


POSITIONS = (
    _position("the product's name", "name: §\nidea: What people write is data.\n" + _OWNER, "line"),
    _position("a role", _HEAD + "people: [§]\n" + _OWNER, "line"),
    _position("an entity", _HEAD + _OWNER + "  §:\n    fields:\n      title: text\n", "line"),
    _position("a thing in words", _HEAD + "things:\n  §: Has a name.\n", "line"),
    _position("a field", _HEAD + _OWNER + "      §: text\n", "line"),
    _position("a default", _FIELD + "{type: text, default: §}\n", "line"),
    _position("a value of a choice", _FIELD + "{type: choice, choices: [a, §]}\n", "line"),
    _position("a status", _FIELD + "{type: choice, status: true, choices: [a, §]}\n", "line"),
    _position("the label of a choice", _FIELD + "{type: choice, choices: {a: A, b: §}}\n", "line"),
    _position("a side of a relation", _PET + "    belongs_to:\n      §: Owner\n", "line"),
    _position("the other side of a relation", _PET + "    has_many:\n      §: Owner\n", "line"),
    _position("a value of an example", _HEAD + _OWNER + "examples: {Owner: {title: §}}\n", "line"),
    _position("the name in the look", _HEAD + _OWNER + "look: {name: §}\n", "line"),
    _position("the idea", "name: Hostile\nidea: §\n" + _OWNER, "lines"),
    _position("the problem", _HEAD + "problem: §\n" + _OWNER, "lines"),
    _position("a feature", _HEAD + "features: [§]\n" + _OWNER, "lines"),
    _position("a rule", _HEAD + "rules: [§]\n" + _OWNER, "lines"),
    _position("a sentence about a thing", _HEAD + "things:\n  Pet: [Has a name., §]\n", "lines"),
    _position("an entity's description", _PET + "    description: §\n", "lines"),
    _position("a field's description", _FIELD + "{type: text, description: §}\n", "lines"),
    _position("a pattern", _FIELD + "{type: text, pattern: §}\n", "pattern"),
    _position("a type", _FIELD + "§\n", "known"),
    _position("a least number", _FIELD + "{type: number, minimum: §}\n", "known"),
    _position("a currency", _FIELD + "{type: money, currency: §}\n", "known"),
    _position("the target of a relation", _PET + "    belongs_to: §\n", "known"),
    _position("what an entity is shown by", _PET + "    shown_by: §\n", "known"),
    _position("the entity of an example", _HEAD + _OWNER + "examples:\n  §: {title: x}\n", "known"),
    _position("the field of an example", _HEAD + _OWNER + "examples:\n  Owner: {§: x}\n", "known"),
    _position("a colour", _HEAD + _OWNER + "look: {colours: [§]}\n", "known"),
    _position("a profile", _HEAD + _OWNER + "profile: §\n", "known"),
    _position("a key of the document", _HEAD + _OWNER + "§: x\n", "known"),
)


def cases() -> Iterator[Case]:
    """Every word in every position."""
    return (position.case(word) for word in WORDS for position in POSITIONS)


def everywhere(word: Word, *, sentences: bool = True) -> str:
    """One interview with the word in every position that takes it, and plain words in the others.

    Without `sentences` it stands only where no grammar looks for a meaning in it: then every word has to
    give the same application but for the text itself.
    """
    line = word.text if "line" in word.fits else PLAIN.text
    short = line[:50]  # names have at most 60 characters, and some get a word more
    pattern = word.text if "pattern" in word.fits and sentences else PLAIN.text
    fields = {
        line: {"type": "text", "default": line, "description": word.text, "required": True},
        "kind": {"type": "choice", "choices": {"a": "A", line: f"{short} label"}},
        "state": {"type": "choice", "status": True, "choices": ["a", line]},
        "code": {"type": "text", "pattern": pattern},
    }
    relations = {"belongs_to": {line: "Owner"}, "has_many": {f"{short} x": "Owner"}}
    said = {"features": [word.text], "rules": [word.text], "things": {"Told": ["Has a name.", word.text]}}
    return json.dumps(
        {
            "name": line,
            "idea": word.text,
            "problem": word.text,
            "people": [f"keeper {short}"],
            "entities": {
                "Owner": {"description": word.text, "fields": fields},
                f"{short} thing": {"fields": {"title": "text"}, **relations},
            },
            "examples": {"Owner": {line: line, "kind": line}},
            "look": {"name": line},
            **(said if sentences else {}),
        }
    )
