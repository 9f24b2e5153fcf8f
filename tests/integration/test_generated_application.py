"""The generated application as its owner meets it: installed, linted, migrated, seeded, tested, booted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flows.contracts import (
    Blueprint,
    BlueprintComparison,
    BlueprintEntity,
    BlueprintField,
    BlueprintGrant,
    BlueprintRelation,
    BlueprintRole,
    BlueprintStates,
    BlueprintTransition,
    Comparing,
    FieldKind,
    NotBuilt,
    OpenQuestion,
)
from tests import applications
from tests.applications import ROOT, generate, get, run, served, write

LONG = "VeryLongNameOfAnEntityThatNobodyWouldUse"

NASTY = (
    'say "hi" \\ it\'s """ {{ 7 * 7 }} {% raw %} {# x #} [[ x ]] [% x %] </script><script>alert(1)</script> '
    "*/ --> ${HOME} `id` $(id) %s :name '; DROP TABLE x; -- "
    "\u202eright to left\u202c nul\x00 \ud800\nnext | line # "
)
"""Everything that could end a literal in any of the languages we write."""


def field(name: str, kind: FieldKind, **more: object) -> BlueprintField:
    values = {"name": name, "label": NASTY, "kind": kind, "required": False, "unique": False}
    values |= {"source": "stated", "because": NASTY, "description": NASTY * 3}
    return BlueprintField.model_validate(values | more)


def comparison(how: Comparing, other: str) -> BlueprintComparison:
    return BlueprintComparison(how=how, field=other)


def after(other: str) -> tuple[BlueprintComparison, ...]:
    return (comparison("after", other),)


def before(other: str) -> tuple[BlueprintComparison, ...]:
    return (comparison("before", other),)


def relation(name: str, target: str, **more: object) -> BlueprintRelation:
    values = {"name": name, "label": NASTY, "target": target, "required": False, "on_delete": "restrict"}
    return BlueprintRelation.model_validate(values | {"source": "stated", "because": NASTY} | more)


def entity(
    name: str, attribute: str, fields: list[BlueprintField], *relations: BlueprintRelation, **more: object
) -> BlueprintEntity:
    values = {
        "name": name,
        "attribute": attribute,
        "table": f"{attribute}s",
        "slug": f"{attribute.replace('_', '-')}s",
        "label": f"{name} {NASTY}",
        "label_plural": f"{name}s {NASTY * 4}",
        "description": NASTY * 5,
        "display_field": fields[0].name if fields else "",
        "fields": fields,
        "relations": relations,
        "source": "stated",
        "because": NASTY,
    }
    return BlueprintEntity.model_validate(values | more)


FIELD_KINDS = [kind for kind in FieldKind if kind is not FieldKind.CHOICE]
"""Every kind that needs nothing but its name."""


def role(name: str, **more: object) -> BlueprintRole:
    values = {"name": name, "label": NASTY, "signs_up": True, "source": "stated", "because": NASTY}
    return BlueprintRole.model_validate(values | more)


def grant(role: str, entity: str, action: str, scope: str = "all", *statuses: str) -> BlueprintGrant:
    values = {"role": role, "entity": entity, "action": action, "scope": scope, "statuses": statuses}
    return BlueprintGrant.model_validate(values | {"source": "stated", "because": NASTY})


def states(field: str, initial: str, moves: dict[str, tuple[tuple[str, ...], str]]) -> BlueprintStates:
    transitions = tuple(
        BlueprintTransition(
            name=name,
            label=NASTY,
            from_statuses=origins,
            to_status=status,
            source="stated",
            because=NASTY,
        )
        for name, (origins, status) in moves.items()
    )
    return BlueprintStates(
        field=field, initial=initial, transitions=transitions, source="stated", because=NASTY
    )


KEEPER = "a_keeper_with_a_name_of_the_longest_possible_kin"


def grants() -> tuple[BlueprintGrant, ...]:
    """Everything of everybody's to one role, one's own in some statuses to another, a little to visitors."""
    return (
        *(grant(KEEPER, name, action) for name in ("Session", "Base", LONG) for action in EVERYTHING),
        *(grant(KEEPER, "Record", action, "own", NASTY, "it's") for action in EVERYTHING),
        *(grant(KEEPER, "Record", action, "own", NASTY) for action in ("move", "close_it")),
        grant("reader", "Record", "see", "all", "it's"),
        grant("reader", "Record", "move", "all", "it's"),
        grant("visitor", "Session", "see"),
        grant("visitor", LONG, "create"),
    )


EVERYTHING = ("see", "create", "edit", "delete")


def hostile() -> Blueprint:
    """Nasty words everywhere, names the code uses itself, every kind, circles, one-valued unique fields."""
    every = [field(f"a_{kind.name.lower()}", kind) for kind in FIELD_KINDS]
    strict = [
        field(
            f"b_{kind.name.lower()}_with_a_long_name",
            kind,
            required=True,
            unique=kind is not FieldKind.YES_NO,
        )
        for kind in FIELD_KINDS
    ]
    choices = (NASTY, "100% sure", "a:b", "it's", "123", "", "ünïcode 日本語", "x" * 90, 'only "double"')
    bounded = [
        field("title", FieldKind.TEXT, required=True, min_length=3, max_length=4000, default=NASTY),
        field("state", FieldKind.CHOICE, choices=choices, default="it's", required=True),
        field("mood", FieldKind.CHOICE, choices=choices),
        field("one", FieldKind.CHOICE, choices=("only",), unique=True),
        field("rate", FieldKind.MONEY, minimum=-1.5, maximum=1.25, currency="JPY", default="1"),
        field("share", FieldKind.DECIMAL, minimum=0.1, maximum=0.3, default="0.2"),
        field("many", FieldKind.NUMBER, minimum=-5, maximum=-3, unique=True),
        field("upside", FieldKind.NUMBER, minimum=5, maximum=3, default="9" * 400),
        field("json", FieldKind.TEXT, max_length=1, unique=True),
        field("metadata", FieldKind.LONG_TEXT, min_length=500, unique=True),
        field("dt", FieldKind.DATE, default="today"),
        field("code", FieldKind.IDENTIFIER, pattern=r"^[A-Z]{2}[-/]\d{1,3}$", unique=True, required=True),
        field("quote", FieldKind.TEXT, pattern='(say "hi"|it\'s|\\\\)+[^a-f]*', min_length=4),
        field("remark", FieldKind.LONG_TEXT, pattern=r"\w+( \w+)*"),
        field("unsafe", FieldKind.TEXT, pattern=r"(?=a)\1"),
        field("size", FieldKind.CHOICE, choices=("S", "M", NASTY), labels=("Small", NASTY, "x" * 200)),
        field("stamp", FieldKind.IMAGE, min_bytes=12, max_bytes=40, required=True),
        field("scan", FieldKind.FILE, min_bytes=300, max_bytes=301),
        field("begins", FieldKind.DATE, required=True, comparisons=before("ends")),
        field("ends", FieldKind.DATE, unique=True),
        field("opens", FieldKind.TIME),
        field("closes", FieldKind.TIME, comparisons=after("opens")),
        field("wakes", FieldKind.DATE_AND_TIME, comparisons=(*after("sleeps"), *after("begins"))),
        field("sleeps", FieldKind.DATE_AND_TIME),
        field("short", FieldKind.DURATION),
        field("long", FieldKind.DURATION, comparisons=after("short")),
        field("floor_price", FieldKind.MONEY, minimum=0, comparisons=(*before("price"), *before("cap"))),
        field("price", FieldKind.MONEY, maximum=5, required=True, comparisons=after("least")),
        field("cap", FieldKind.MONEY, comparisons=(comparison("not before", "price"),)),
        field("least", FieldKind.NUMBER, minimum=-3, comparisons=(comparison("not after", "cap"),)),
        field("moment", FieldKind.DATE_AND_TIME, default="2026-01-01T10:00", required=True),
        field("agreed", FieldKind.YES_NO, default="yes"),
        field(
            "a_choice_with_a_name_of_the_longest_possible_kin",
            FieldKind.CHOICE,
            choices=("a", "b"),
            default="a",
        ),
        field("a_number_with_a_name_of_the_longest_possible_kin", FieldKind.MONEY, minimum=1, default="2"),
    ]
    return Blueprint(
        name=NASTY,
        slug="nasty",
        idea=NASTY * 10,
        problem=NASTY * 10,
        people=(NASTY, "x" * 500),
        entities=(
            entity(
                "Session",
                "session",
                every,
                relation("self_ref", "Session", on_delete="cascade"),
                relation("user", "User", kind="one to one", on_delete="set null"),
                relation("watchers", "User", kind="many to many"),
                owned_by=("user",),
            ),
            entity(
                "Base",
                "base",
                strict,
                relation("session", "Session", required=True, on_delete="cascade"),
                relation("second_user", "User", required=True),
                relation("third_user", "User", on_delete="set null"),
                owned_by=("second_user", "third_user", "session.user"),
            ),
            entity(
                "Record",
                "crud",
                bounded,
                relation("first", "Base", required=True),
                relation("second", "Base", on_delete="set null"),
                relation("later", LONG),
                relation("only", "Session", kind="one to one", on_delete="cascade"),
                relation("strictly", "Base", kind="one to one", required=True),
                relation("tags", "Session", kind="many to many"),
                relation("needed", "Base", kind="many to many", required=True, back_label=NASTY),
                relation("later_ones", LONG, kind="many to many"),
                relation("peers", "Record", kind="many to many"),
                relation("twin", "Record", kind="one to one", on_delete="set null"),
                owned_by=("only.user", "first.session.user", "strictly.third_user"),
                states=states(
                    "state",
                    "it's",
                    {
                        "move": (("it's", "123"), NASTY),
                        "close_it": ((NASTY, "x" * 90), 'only "double"'),
                        "an_action_with_a_name_of_the_longest_possible_kind": (("a:b",), "it's"),
                    },
                ),
            ),
            entity(
                LONG,
                "very_long_name_of_an_entity_that_nobody_would_use",
                [],
                relation("the_record_it_belongs_to_in_the_end", "Record", on_delete="set null"),
                relation("a_self_relation_with_a_name_of_the_longest_kind", LONG, on_delete="cascade"),
            ),
        ),
        roles=(role(KEEPER, profile="Session"), role("reader"), role("admin", signs_up=False)),
        grants=grants(),
        pages=(),
        endpoints=(),
        open_questions=(OpenQuestion(number=1, words=NASTY, question=NASTY),),
        not_built=(NotBuilt(words=NASTY, reason=NASTY),),
    )


def blueprint(name: str) -> Blueprint:
    return hostile() if name == "hostile" else applications.blueprint(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bicycle_workshop", "hostile"])
def test_the_application_works_as_it_comes_out(
    name: str, installed: Path, tmp_path: Path, empty_database_url: str
) -> None:
    plan = blueprint(name)
    write(generate(plan), tmp_path)
    run(installed, tmp_path, "compileall", "-q", "app", "tests", "migrations")
    run(installed, tmp_path, "ruff", "check", "--no-cache")
    run(installed, tmp_path, "ruff", "format", "--check", "--no-cache")
    assert "failed" not in run(installed, tmp_path, "pytest", f"--basetemp={tmp_path / 'scratch'}")
    on_postgres = {"DATABASE_URL": empty_database_url}
    run(installed, tmp_path, "app.migrate", **on_postgres)
    assert "with examples" in run(installed, tmp_path, "app.seed", **on_postgres)
    assert "already" in run(installed, tmp_path, "app.seed", **on_postgres)
    run(installed, tmp_path, "alembic", "downgrade", "base", **on_postgres)
    run(installed, tmp_path, "alembic", "upgrade", "head", **on_postgres)
    with served(installed, tmp_path) as address:
        assert "<h1>" in get(f"{address}/")
        slug = plan.entities[0].slug
        assert "<h1>Sign in</h1>" in get(f"{address}/account")
        assert '"items":[{' in get(f"{address}/api/v1/{slug}", token=applications.token(address))


@pytest.mark.slow
def test_the_application_is_typed(installed: Path, tmp_path: Path) -> None:
    write(generate(hostile()), tmp_path)
    cache = ROOT / ".mypy_cache" / "generated"
    command = [
        "mypy",
        "--strict",
        f"--cache-dir={cache}",
        "--python-executable",
        str(installed),
        "app",
        "tests",
    ]
    run(Path(sys.executable), tmp_path, *command)
