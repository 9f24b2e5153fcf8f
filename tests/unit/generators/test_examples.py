"""The founder's examples are the first rows of an empty database, as far as the fields take them."""

from __future__ import annotations

from typing import Any

from flows.contracts import (
    Blueprint,
    BlueprintComparison,
    BlueprintEntity,
    BlueprintExample,
    BlueprintField,
    BlueprintRelation,
    FieldKind,
)
from flows.rendering import ApplicationPlan, plan
from flows.rendering.given import ROWS, unusable
from flows.stages.backend.examples import examples
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read

STATED = {"source": "stated", "because": ""}


def field(name: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> BlueprintField:
    values = {"name": name, "label": name, "kind": kind, "required": False, "unique": False}
    return BlueprintField.model_validate(values | STATED | more)


def relation(name: str, target: str, **more: Any) -> BlueprintRelation:
    values = {"name": name, "label": name, "target": target, "required": False, "on_delete": "restrict"}
    return BlueprintRelation.model_validate(values | STATED | more)


def entity(name: str, fields: list[BlueprintField], *relations: BlueprintRelation) -> BlueprintEntity:
    names = {"name": name, "attribute": name.lower(), "table": f"{name.lower()}s", "slug": f"{name.lower()}s"}
    more = {"label": name, "label_plural": f"{name}s", "display_field": "name"}
    values = names | more | {"fields": fields, "relations": relations}
    return BlueprintEntity.model_validate(values | STATED)


def rows(*given: tuple[str, dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    return examples(application(*given))


def application(*given: tuple[str, dict[str, str]]) -> ApplicationPlan:
    later = (BlueprintComparison(how="after", field="begins"),)
    pet = entity(
        "Pet",
        [
            field("name", required=True, unique=True),
            field("kind", FieldKind.CHOICE, choices=("D", "C"), labels=("Dog", "Cat")),
            field("weight", FieldKind.NUMBER, minimum=1, maximum=50),
            field("email", FieldKind.EMAIL),
            field("tame", FieldKind.YES_NO),
            field("code", pattern="[A-Z]{2}"),
            field("begins", FieldKind.DATE),
            field("ends", FieldKind.DATE, comparisons=later),
        ],
    )
    walk = entity(
        "Walk",
        [field("name", required=True)],
        relation("pet", "Pet", required=True),
        relation("friends", "Pet", kind="many to many"),
        relation("chip", "Pet", kind="one to one"),
    )
    said = tuple(
        BlueprintExample.model_validate({"entity": name, "values": tuple(values.items())} | STATED)
        for name, values in given
    )
    return plan(
        Blueprint(name="A", slug="a", idea="i", entities=(pet, walk), pages=(), endpoints=(), examples=said)
    )


def test_examples_come_first_and_made_up_rows_fill_up() -> None:
    found = rows(("Pet", {"name": "Rex", "kind": "dog", "weight": "12", "tame": "yes", "code": "AB"}))
    assert found["pets"][0] == {
        "name": '"Rex"',
        "kind": '"D"',
        "weight": "12",
        "tame": "True",
        "code": '"AB"',
    }
    assert len(found["pets"]) == len({row["name"] for row in found["pets"]}) == ROWS


def test_what_a_field_does_not_take_is_left_out() -> None:
    wrong = {"name": "Rex", "kind": "Fish", "weight": "99", "email": "nobody", "code": "abc"}
    assert rows(("Pet", wrong))["pets"][0] == {"name": '"Rex"', "tame": "True"}


def test_a_row_is_named_by_what_shows_it() -> None:
    pets = [("Pet", {"name": name}) for name in ("Rex", "Mia")]
    walk = ("Walk", {"name": "Round", "pet": "mia", "friends": "Rex and Mia", "chip": "Nobody"})
    assert rows(*pets, walk)["walks"][0] == {"name": '"Round"', "pet_id": "1", "friends_ids": "[0, 1]"}


def test_examples_that_contradict_each_other_or_themselves_are_no_rows() -> None:
    twice = [("Pet", {"name": "Rex"}), ("Pet", {"name": "Rex"})]
    turned = ("Pet", {"name": "Mia", "begins": "2026-05-02", "ends": "2026-05-01"})
    names = [row["name"] for row in rows(*twice, turned)["pets"]]
    assert names.count('"Rex"') == 1
    assert '"Mia"' not in names


def orders(**given: str) -> Blueprint:
    """Orders with a status, in rooms, that people place; `given`: the examples of each, as YAML."""
    rows = "".join(f"  {name}: [{row}]\n" for name, row in given.items())
    return derive(
        read(
            "name: X\nidea: Y\npeople: [member, office]\nentities:\n"
            "  Room: {fields: {name: {type: text, required: true}, size: number, lasts: duration}}\n"
            "  Order:\n"
            "    fields:\n"
            "      title: {type: text, required: true}\n"
            "      state: {type: choice, choices: [open, sent, done], default: open, status: true}\n"
            "    belongs_to: {room: Room, placed by: user, next: Order}\n"
            "    many_to_many: {rooms: Room}\n"
            f"examples:\n{rows}"
        )
    )


def test_a_given_status_an_account_and_several_rows_are_in_the_seed() -> None:
    first = "title: First, state: sent, room: 3, placed by: office, rooms: [Blue, Red]"
    app = plan(orders(Room="{name: Blue, size: 3, lasts: 1:30}, {name: Red}", Order=f"{{{first}}}"))
    found = examples(app)
    assert found["rooms"][0] == {"name": '"Blue"', "room_size": "3", "lasts": '"PT1H30M"'}
    row = found["orders"][0]
    assert row["state"] == '"sent"'
    assert (row["room_id"], row["placed_by_id"], row["rooms_ids"]) == ("0", "1", "[0, 1]")
    assert not list(unusable(app))


def test_what_of_an_example_is_left_out_is_a_question() -> None:
    blueprint = orders(Order="{title: First}, {title: Second, next: First}")
    (question,) = (asked for asked in blueprint.open_questions if "example" in asked.question)
    assert question.words == "Order: title Second, next First"
    assert question.question == (
        "Left out of the example rows: Next is not filled in by examples. What should stand there?"
    )


def test_every_reason_is_said() -> None:
    pets = [("Pet", {"name": "Rex"}), ("Pet", {"name": "Rex"})]
    turned = ("Pet", {"name": "Mia", "begins": "2026-05-02", "ends": "2026-05-01"})
    wrong = ("Pet", {"name": "Tom", "weight": "99"})
    walk = ("Walk", {"name": "Round", "pet": "Nobody"})
    assert [why for _, why in unusable(application(*pets, turned, wrong, walk))] == [
        "another example has the same name, which is unique",
        "its values do not go together, a comparison with another field does not hold",
        "99 is no value that weight can have",
        "pet names no example that is called Nobody",
    ]
