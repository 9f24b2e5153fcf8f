"""The blueprint at the terminal: everything a founder decides on, in words."""

from __future__ import annotations

from flows.contracts import (
    Blueprint,
    BlueprintEntity,
    BlueprintField,
    BlueprintRelation,
    BlueprintRole,
    BlueprintStates,
    BlueprintTransition,
    FieldKind,
    NotBuilt,
    OpenQuestion,
    Repair,
)
from leanvibe.gate import outline


def test_the_outline_names_everything_to_decide_on() -> None:
    field = BlueprintField(
        name="name",
        label="Name",
        kind=FieldKind.TEXT,
        required=True,
        unique=False,
        source="stated",
        because="x",
    )
    relation = BlueprintRelation(
        name="club",
        label="Club",
        target="Club",
        required=True,
        on_delete="restrict",
        source="stated",
        because="x",
    )
    entity = BlueprintEntity(
        name="Tea",
        attribute="tea",
        table="teas",
        slug="teas",
        label="Tea",
        label_plural="Teas",
        display_field="name",
        fields=(field,),
        relations=(relation,),
        states=BlueprintStates(
            field="name",
            initial="open",
            transitions=(
                BlueprintTransition(
                    name="drink",
                    label="Drink",
                    from_statuses=("open",),
                    to_status="drunk",
                    source="stated",
                    because="x",
                ),
            ),
            source="stated",
            because="x",
        ),
        source="stated",
        because="x",
    )
    blueprint = Blueprint(
        name="Tea club",
        slug="tea-club",
        idea="Keeps teas.",
        entities=(entity,),
        roles=(
            BlueprintRole(
                name="host", label="Host", signs_up=True, profile="Tea", source="stated", because="x"
            ),
        ),
        pages=(),
        endpoints=(),
        open_questions=(OpenQuestion(number=1, words="w", question="Which teas?"),),
        not_built=(NotBuilt(words="pay online", reason="payments"),),
        repairs=(Repair(written="class", used="klass", reason="taken by Python"),),
    )
    shown = outline(blueprint, 3)
    assert "Changed" not in shown
    for said in (
        "Blueprint version 3: Tea club",
        "Tea: name (text, required)",
        "belongs to Club as Club",
        "begins as open; Drink → drunk",
        "Host: may sign up, is described by Tea",
        "1 entity, 1 role.",
        "About ",
        "Renamed: class → klass (taken by Python)",
        "Open question 1: Which teas?",
        "Not built: pay online (payments)",
    ):
        assert said in shown
    changed = blueprint.model_copy(update={"idea": "Keeps coffees."})
    assert "Changed: The idea reads now “Keeps coffees.”" in outline(changed, 4, before=blueprint)
    assert "Changed: nothing" in outline(blueprint, 4, before=blueprint)
