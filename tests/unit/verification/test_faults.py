"""Faults that can be planted: where, how they read, and that the module stays Python."""

from __future__ import annotations

import ast

from flows.contracts import FileSet, Mutant
from flows.stages.verification.mutation.check import libraries, module_name, unseen
from flows.stages.verification.mutation.faults import faults
from flows.stages.verification.mutation.sample import sample, shown_to

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
    chosen = sample(files(), seed="a")
    assert chosen == sample(files(), seed="a")
    assert chosen != sample(files(), seed="b")
    assert [fault.path for fault in chosen] == ["app/schemas/pet.py"] * 8


def test_the_tests_that_are_named_like_the_module_come_first() -> None:
    assert shown_to(files(), "app/schemas/pet.py") == (("tests/test_pet.py",), ("tests/test_owner.py",))
    assert shown_to(files(), "app/policy.py") == (("tests/test_owner.py", "tests/test_pet.py"),)


def test_libraries_are_what_is_imported_and_not_the_applications_own() -> None:
    assert libraries(files()) == ["fastapi.testclient", "pytest", "sqlalchemy"]
    assert module_name("app/access/__init__.py") == "app.access"


def test_a_fault_that_no_test_saw_is_named() -> None:
    seen = Mutant(path="app/policy.py", line=9, change="and became or", killed=True, by="tests/a.py::b")
    alive = Mutant(path="app/crud.py", line=3, change="== became !=", killed=False)
    assert unseen((seen, alive)) == ["no test turned red when in app/crud.py:3 == became !="]
