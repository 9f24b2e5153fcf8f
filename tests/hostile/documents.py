"""Whole interviews in YAML and JSON that are broken, huge, or made to do something."""

from __future__ import annotations

import json
from typing import Any

from tests.hostile.case import Case

HEAD = "name: Hostile\nidea: What people write is data.\n"
PET = "entities:\n  Pet:\n    fields:\n      title: text\n"
WHOLE = HEAD + PET
FIELD = HEAD + "entities:\n  Pet:\n    fields:\n      a: "


def names(count: int) -> list[str]:
    """So many names, no two alike in the singular or the plural."""
    syllables = [a + b for a in "bcdfghklmnprtvwz" for b in "aeiou"]
    return [f"{one}{end}" for one in syllables for end in ("x", "y", "zz", "k", "ll", "m", "n")][:count]


def _json(**parts: Any) -> str:
    pet = {"Pet": {"fields": {"title": "text"}}}
    return json.dumps({"name": "Hostile", "idea": "What people write is data.", "entities": pet, **parts})


def _entities(count: int) -> str:
    called = names(count)
    return _json(
        entities={
            f"Thing {name}": {"fields": {"title": "text"}, "belongs_to": f"Thing {other}"}
            for name, other in zip(called, [*called[1:], called[0]], strict=True)
        }
    )


def _pet(**parts: Any) -> str:
    return _json(entities={"Pet": {"fields": {"title": "text"}, **parts}})


def _case(what: str, given: str | bytes, refused: str = "") -> Case:
    return Case(what=what, given=given, refused=refused)


ENCODINGS = (
    _case("a byte order mark first", b"\xef\xbb\xbf" + WHOLE.encode()),
    _case("lines that end in CR LF", WHOLE.replace("\n", "\r\n")),
    _case("lines that end in CR", WHOLE.replace("\n", "\r")),
    _case("UTF-16", WHOLE.encode("utf-16"), "1:1"),
    _case("Latin-1", "name: Café\nidea: Bière\n".encode("latin-1"), "1:10"),
    _case("Latin-1 behind a byte order mark", b"\xef\xbb\xbfname: Caf\xe9\n", "1:10"),
    _case("every byte there is", bytes(range(256)), "2:118"),
    _case("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "1:1"),
    _case("a bare NUL", WHOLE + "problem: a\x00b\n", "7:11"),
    _case("a bare escape of a terminal", WHOLE + "problem: a\x1b[2Jb\n", "7:11"),
    _case("a bare override of the direction", WHOLE + "problem: a\u202eb\n", "7:11"),
    _case("a bare line separator", WHOLE + "problem: a\u2028b\n", "7:11"),
    _case("half a sign in JSON", '{"name": "a\\ud800b", "idea": "x"}', "1:14"),
    _case("a tab before a key", HEAD + "entities:\n\tPet: {}\n", "4:1"),
)

SHAPES = (
    _case("nothing", "", "1:1"),
    _case("white space alone", " \n\n  \n", "1:1"),
    _case("a remark alone", "# nothing yet\n", "1:1"),
    _case("one word", "hello", "1:1"),
    _case("a list", "- a\n- b\n", "1:1"),
    _case("a page of HTML", "<!DOCTYPE html><html><body>hi</body></html>", "1:1"),
    _case("XML with an entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "1:1"),
    _case("a program", "import os\nos.system('id')\n", "1:1"),
    _case("a second document", WHOLE + "---\n" + WHOLE, "7:1"),
    _case("a YAML of another version", "%YAML 9.9\n---\n" + WHOLE, "1:1"),
    _case("entities as a list", HEAD + "entities: [Pet, Dog]\n", "3:11"),
    _case("fields as a list", HEAD + "entities:\n  Pet:\n    fields: [a, b]\n", "5:13"),
    _case("an entity with nothing in it", HEAD + "entities:\n  Pet:\n", "4:3"),
    _case("a key said twice", HEAD + "name: Again\n" + PET, "3:1"),
    _case("a key said twice, spelled otherwise", HEAD + "people: [a]\nRoles: [b]\n" + PET, "4:1"),
    _case("an entity said twice", WHOLE + "  pet:\n    fields: {a: text}\n", "7:3"),
    _case("a field said twice", WHOLE + "      Title: text\n", "7:7"),
    _case("a key for JavaScript", '{"__proto__": {"x": 1}, "name": "a", "idea": "b"}', "1:2"),
    _case("a list as a key", "? [a]\n: b\n" + WHOLE, "1:3"),
    _case("a quote that is never closed", "name: Hostile\nidea: 'What\n" + PET, "2:7"),
    _case("a list that is never closed", HEAD + "people: [a, b\n" + PET, "4:9"),
    _case("a colon in a bare text", "name: Pets: the app\nidea: x\n", "1:11"),
    _case("a remark in JSON", '{"name": "a", // b\n "idea": "c"}', "2:8"),
    _case("a comma too many in JSON", _json()[:-1] + ",}"),
    _case("many things wrong at once", f"name:\nidea: {'x' * 6000}\nfeature: y\n{PET}    of: 1\n", "1:1"),
)

TRICKS = (
    _case("an alias", HEAD + "people: &p [owner]\nfeatures: *p\n" + PET, "4:11"),
    _case("a bomb of aliases", HEAD + "people: &a [x, y]\nrules: [*a, *a, *a]\n", "4:9"),
    _case("a key that merges", WHOLE + "  Dog:\n    <<: {fields: {a: text}}\n", "8:5"),
    _case("a tag that runs a program", "name: !!python/object/apply:os.system [id]\nidea: x\n" + PET, "1:7"),
    _case("a tag for the whole", "!!python/object:os.system\n" + WHOLE, "1:1"),
    _case("a tag for bytes", "name: !!binary aGk=\nidea: x\n" + PET, "1:7"),
    _case("100 lists in one another", HEAD + "people: " + "[" * 100 + "]" * 100 + "\n", "3:24"),
    _case("100,000 open brackets", "[" * 100_000, "1:17"),
    _case("100,000 open groups in JSON", '{"a":' * 100_000, "1:81"),
    _case("a number that is none", FIELD + "{type: number, minimum: .nan}\n", "6:34"),
    _case("a number without end", FIELD + "{type: number, maximum: 1e999}\n", "6:34"),
    _case("5,000 digits", FIELD + "{type: number, maximum: " + "9" * 5000 + "}\n", "6:34"),
    _case("a negative length", FIELD + "{type: text, max_length: -1}\n", "6:35"),
    _case("bounds the wrong way round", FIELD + "{type: number, minimum: 5, maximum: 1}\n", "6:34"),
    _case("a pattern that never ends", FIELD + "{type: text, pattern: '(a+)+$'}\n", "6:32"),
    _case("a pattern that is none", FIELD + "{type: text, pattern: '(['}\n", "6:32"),
    _case("a date after itself", FIELD + "{type: date, after: a}\n", "6:30"),
    _case("dates in a ring", FIELD + "{type: date, after: b}\n      b: {type: date, after: a}\n", "7:30"),
    _case(
        "entities that need each other",
        HEAD
        + "entities:\n"
        + "  Pet: {fields: {a: text}, belongs_to: {mate: {entity: Dog, required: true}}}\n"
        + "  Dog: {fields: {a: text}, belongs_to: {mate: {entity: Pet, required: true}}}\n",
    ),
)

SIZES = (
    _case("100 entities", _entities(100)),
    _case("101 entities", _entities(101), "1:71"),
    _case("500 entities", _entities(500), "1:71"),
    _case("200 fields", _pet(fields={f"a {name}": "text" for name in names(200)})),
    _case("500 fields", _pet(fields={f"a {name}": "text" for name in names(500)}), "1:90"),
    _case("500 relations", _pet(belongs_to={f"a {name}": "Pet" for name in names(500)}), "1:123"),
    _case("500 roles", _json(people=names(500)), "1:121"),
    _case("500 values of a choice", _pet(fields={"a": {"type": "choice", "choices": names(500)}}), "1:126"),
    _case("500 example rows", _json(examples={"Pet": [{"title": "x"}] * 500}), "1:131"),
    _case("500 rules", _json(rules=[f"No {name} glows" for name in names(500)])),
    _case("a line of 4,900 characters", f"name: Hostile\nidea: {'x' * 4900}\n{PET}"),
    _case("a line of 6,000 characters", f"name: Hostile\nidea: {'x' * 6000}\n{PET}", "2:7"),
    _case("a bare name of 10,000 characters", f"{WHOLE}      {'x' * 10_000}: text\n", "7:7"),
    _case("more than a mebibyte", f"{WHOLE}problem: {'x' * 2**20}\n", "1:1"),
)

DOCUMENTS = (*ENCODINGS, *SHAPES, *TRICKS, *SIZES)
