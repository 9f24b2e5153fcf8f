"""Faults that can be planted: where, how they read, and that the module stays Python."""

from __future__ import annotations

import ast
from typing import Any

from flows.contracts import FileSet, Mutant
from flows.stages.backend.generate import generate as backend
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from flows.stages.verification.mutation.check import libraries, module_name, unseen
from flows.stages.verification.mutation.inside.faults import faults, marked
from flows.stages.verification.mutation.sample import RULES, sample, shown_to

POLICY = '''"""Who may — né — do what."""

SIZE = 3 if 1 > 2 else 4


def allows(actor, row=None, most=9):
    """Whether; not a fault: and, or, ==."""
    assert actor is not None
    if not actor.active and row is not None:
        raise Forbidden("no and no")
    if (
        actor.role  # == a comment
        == "é" or actor.role in ROLES
    ):
        return True
    return nothing.false()


class Pet:
    name: Annotated[str, Field(min_length=2, max_length=80)]
    price: Annotated[Decimal, Field(ge=Decimal("0"), le=0.5)]

    def __repr__(self):
        return "a" if self.a == self.b else "b"

    @property
    def small(self):
        def inner():
            return self.size <= 3
        return inner()
'''


def changes(source: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.function, fault.change) for fault in faults("app/policy.py", source)]


def test_every_kind_of_fault_is_found_and_nothing_else() -> None:
    assert changes(POLICY) == [
        (9, "allows", "not actor.active became actor.active"),
        (9, "allows", "if not actor.active and row is not None: raise was removed"),
        (9, "allows", "and became or"),
        (9, "allows", "is not became is"),
        (13, "allows", "or became and"),
        (13, "allows", "in became not in"),
        (15, "allows", "return True became False"),
        (16, "allows", "false() became true()"),
        (20, "", "min_length=2 became min_length=3"),
        (20, "", "max_length=80 became max_length=79"),
        (21, "", "ge=0 became ge=1"),
        (29, "Pet.small", "<= became >"),
    ]


def test_a_planted_module_differs_and_is_still_python() -> None:
    planted = {fault.planted(POLICY) for fault in faults("app/policy.py", POLICY)}
    assert len(planted) == len(faults("app/policy.py", POLICY))
    for source in planted:
        assert ast.dump(ast.parse(source)) != ast.dump(ast.parse(POLICY))


def test_what_is_no_python_has_no_faults() -> None:
    assert faults("app/policy.py", "def broken(:\n") == ()


TESTS = ("tests/test_owner.py", "tests/test_pet.py")
REACHED = {
    "app/policy.py": {
        str(fault.start): ["tests/test_pet.py::test_a"] for fault in faults("app/policy.py", POLICY)
    }
}


def files(**more: str) -> FileSet:
    return FileSet.of(
        {
            "app/policy.py": POLICY,
            "app/schemas/pet.py": POLICY,
            "app/pages/pet.py": POLICY,
            "tests/test_pet.py": "import pytest\nfrom fastapi.testclient import TestClient\n",
            "tests/test_owner.py": "from app import main\n",
            "tests/contract.py": "import sqlalchemy as sa\n",
            **more,
        }
    )


def test_the_sample_is_the_same_for_the_same_seed_and_takes_turns() -> None:
    chosen = sample(files(), REACHED, seed="a", count=4)
    assert chosen == sample(files(), REACHED, seed="a", count=4)
    assert chosen != sample(files(), REACHED, seed="b", count=4)
    assert [fault.path for fault in chosen] == ["app/policy.py"] * 2 + ["app/schemas/pet.py"] * 2


def test_the_functions_that_decide_are_in_a_generated_application() -> None:
    said = "{name: A, idea: A, entities: {Task: {fields: {state: {type: choice, choices: [open, done]}}}}}"
    made = {file.path: file.text for file in backend(derive(read(said))).files}
    for path, names in RULES.items():
        assert set(names) <= {fault.function for fault in faults(path, made[path])}


def test_what_no_test_comes_to_gets_no_fault() -> None:
    assert {fault.function for fault in sample(files(), {}, seed="a")} == {""}


def test_tests_that_come_to_a_fault_or_are_named_like_its_module_go_first() -> None:
    rule, bound = sample(files(), REACHED, seed="a", count=2)
    assert shown_to(files(), REACHED, rule) == (("tests/test_pet.py::test_a",), TESTS)
    assert shown_to(files(), REACHED, bound) == (("tests/test_pet.py",), ("tests/test_owner.py",))


def test_a_marked_module_does_what_it_did_and_says_where_it_came_by() -> None:
    source = "def sign(n):\n    return 'plus' if n > 0 or n == 0 else 'minus'\n"
    numbers: list[int] = []
    came: list[int] = []

    def number(_: str, position: int) -> int:
        numbers.append(position)
        return position

    tree = marked("app/policy.py", source, "mark", number)
    names = {"mark": came.append}
    exec(compile(tree, "app/policy.py", "exec"), names)  # noqa: S102 - our own source
    sign: Any = names["sign"]
    assert [sign(1), sign(0), sign(-1)] == ["plus", "plus", "minus"]
    compared, joined, equal = (source.index(text) for text in ("> 0", "or n", "== 0"))
    assert sorted(numbers) == [compared, joined, equal]
    assert [came.count(place) for place in (compared, joined, equal)] == [3, 3, 2]


def test_libraries_are_what_is_imported_and_not_the_applications_own() -> None:
    assert libraries(files()) == ["fastapi.testclient", "pytest", "sqlalchemy"]
    assert module_name("app/access/__init__.py") == "app.access"


def test_a_fault_that_no_test_saw_is_named() -> None:
    seen = Mutant(path="app/policy.py", line=9, change="and became or", killed=True, by="tests/a.py::b")
    alive = Mutant(path="app/crud.py", line=3, change="== became !=", killed=False)
    assert unseen((seen, alive)) == ["no test turned red when in app/crud.py:3 == became !="]
