"""No thing of a founder takes the place of a module that the application needs itself."""

from __future__ import annotations

from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from tests.applications import ROOT, generate

TEMPLATES = ROOT / "flows" / "stages"


def test_things_called_like_modules_of_the_application_get_their_own() -> None:
    stems = {path.name.partition(".")[0] for path in TEMPLATES.glob("*/templates/**/*.py.j2")}
    names = sorted(
        {stem.removeprefix("test_").strip("_") for stem in stems} - {"", "0001_initial", "attribute"}
    )
    things = "".join(f"  {name.replace('_', ' ')}: {{fields: {{name: text}}}}\n" for name in names)
    blueprint = derive(read(f"name: Odd names\nidea: Things called like modules.\nentities:\n{things}"))
    paths = [file.path for file in generate(blueprint).files]
    assert len(blueprint.entities) == len(names) > 50
    for entity in blueprint.entities:
        assert f"tests/test_{entity.attribute}.py" in paths
        assert f"app/models/{entity.attribute}.py" in paths
    assert "tests/test_whole.py" in paths
