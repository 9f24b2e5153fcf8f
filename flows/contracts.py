"""What the stages exchange: frozen types, one canonical JSON form, no behaviour beyond that."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Source = Literal["stated", "inferred", "default"]
"""Where an item of a blueprint comes from: the founder's words, our reading of them, or the house's habit."""


class Stage(StrEnum):
    """The pipeline's nine stages, in their order."""

    INTAKE = "intake"
    BLUEPRINT = "blueprint"
    APPROVAL = "approval"
    BACKEND = "backend"
    FRONTEND = "frontend"
    INFRASTRUCTURE = "infrastructure"
    OBSERVABILITY = "observability"
    VERIFICATION = "verification"
    RELEASE = "release"


class FieldKind(StrEnum):
    """What a field of an entity holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "date and time"
    DURATION = "duration"
    YES_NO = "yes/no"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    IDENTIFIER = "identifier"


class Contract(BaseModel):
    """Base of every exchanged value: frozen, strict about unknown names, hashed over canonical JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def canonical_json(self) -> str:
        """The one JSON text of this value: keys sorted, no spaces, UTF-8 characters as they are."""
        return json.dumps(
            self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    def digest(self) -> str:
        """Hex digest of the canonical JSON."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read back what `canonical_json` wrote; raises pydantic.ValidationError."""
        return cls.model_validate_json(text)


class Problem(Contract):
    """One thing that is wrong with an interview, said so that its author can mend it."""

    line: int | None = Field(default=None, description="1-based line of the document, None when it has none")
    column: int | None = Field(default=None, description="1-based column")
    where: str = Field(description="path in the document, like entities.Pet.fields.species")
    message: str = Field(description="what is wrong, one sentence")
    hint: str = Field(description="what would be right, one sentence")


class OpenQuestion(Contract):
    """Something the factory could not use or decide: for the founder to answer at the gate."""

    number: int = Field(description="1-based, in the order of the document")
    words: str = Field(description="the founder's words it is about")
    question: str = Field(description="what we ask, with the nearest meaning we see")


class NotBuilt(Contract):
    """A wish that needs something the factory cannot build; named everywhere instead of dropped."""

    words: str = Field(description="the founder's words")
    reason: str = Field(description="what it would need")


class InterviewField(Contract):
    """A field as the founder spelled it out."""

    name: str = Field(description="in the founder's words, like 'start date'")
    kind: FieldKind
    required: bool = False
    unique: bool = False
    minimum: float | None = Field(default=None, description="least value, numbers only, inclusive")
    maximum: float | None = Field(default=None, description="greatest value, numbers only, inclusive")
    min_length: int | None = Field(default=None, description="characters, text only")
    max_length: int | None = Field(default=None, description="characters, text only")
    choices: tuple[str, ...] = Field(default=(), description="the allowed answers of a choice")
    default: str | None = Field(default=None, description="value of a new row, as the founder wrote it")
    currency: str | None = Field(default=None, description="ISO 4217 code, money only")
    description: str = ""


class InterviewRelation(Contract):
    """A belongs-to relation as the founder spelled it out."""

    name: str = Field(description="in the founder's words, like 'sitter'")
    entity: str = Field(description="name of the entity it belongs to, as the interview spells it")
    required: bool = False


class InterviewEntity(Contract):
    """A thing the product keeps."""

    name: str = Field(description="singular, in the founder's words, like 'Pet'")
    description: str = ""
    fields: tuple[InterviewField, ...]
    belongs_to: tuple[InterviewRelation, ...] = ()


class Interview(Contract):
    """What the founder says, validated; the words are kept as they were written."""

    name: str = Field(description="of the product")
    idea: str = Field(description="the product in a sentence or two")
    problem: str = ""
    people: tuple[str, ...] = Field(default=(), description="who uses it: roles in the founder's words")
    features: tuple[str, ...] = Field(default=(), description="wishes, one sentence each")
    entities: tuple[InterviewEntity, ...] = ()


class Intake(Contract):
    """Result of the intake stage."""

    interview: Interview
    completeness: int = Field(description="0-100: how much of what the factory can use was said")
    open_questions: tuple[OpenQuestion, ...] = ()


class BlueprintField(Contract):
    """A column, a form input and an API property at once."""

    name: str = Field(description="Python and SQL identifier, snake_case, never a reserved word")
    label: str = Field(description="for people, like 'Start date'")
    kind: FieldKind
    required: bool
    unique: bool
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    choices: tuple[str, ...] = Field(default=(), description="the stored values, as the founder wrote them")
    default: str | None = None
    currency: str | None = None
    description: str = ""
    source: Source
    because: str = Field(description="the words it comes from")


class BlueprintRelation(Contract):
    """A foreign key from the entity that holds it."""

    name: str = Field(description="attribute, snake_case; the column is this plus _id")
    label: str
    target: str = Field(description="class name of the entity it belongs to")
    kind: Literal["belongs to"] = "belongs to"
    required: bool
    on_delete: Literal["restrict", "set null", "cascade"]
    source: Source
    because: str


class BlueprintEntity(Contract):
    """A table, a model class, a set of pages and an API resource."""

    name: str = Field(description="PascalCase class name")
    attribute: str = Field(description="snake_case singular: module and variable name")
    table: str = Field(description="snake_case plural: table name")
    slug: str = Field(description="kebab-case plural: URL path segment")
    label: str = Field(description="for people, singular")
    label_plural: str
    description: str = ""
    display_field: str = Field(description="name of the field that stands for a row in lists and pickers")
    fields: tuple[BlueprintField, ...]
    relations: tuple[BlueprintRelation, ...] = ()
    source: Source
    because: str


class BlueprintPage(Contract):
    """A page of the application."""

    path: str
    title: str
    entity: str | None = Field(default=None, description="class name, None for the home page")
    action: Literal["home", "list", "detail", "create", "edit", "delete"]
    source: Source
    because: str


class BlueprintEndpoint(Contract):
    """An operation of the application's JSON API."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    entity: str
    action: Literal["list", "detail", "create", "edit", "delete"]
    source: Source
    because: str


class Repair(Contract):
    """A name the founder wrote that could not be used as it stands."""

    written: str
    used: str
    reason: str


class Blueprint(Contract):
    """The exact plan derived from an interview; immutable, numbered per project, hashed."""

    schema_version: int = 1
    name: str = Field(description="of the product, for people")
    slug: str = Field(description="kebab-case, ASCII: folder, package and image name")
    idea: str
    problem: str = ""
    people: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    entities: tuple[BlueprintEntity, ...]
    pages: tuple[BlueprintPage, ...]
    endpoints: tuple[BlueprintEndpoint, ...]
    open_questions: tuple[OpenQuestion, ...] = ()
    not_built: tuple[NotBuilt, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def entity(self, name: str) -> BlueprintEntity:
        """The entity of that class name; raises KeyError."""
        for entity in self.entities:
            if entity.name == name:
                return entity
        raise KeyError(name)


class GeneratedFile(Contract):
    """One text file of the generated application."""

    path: str = Field(description="relative, forward slashes, no dots, like app/models/pet.py")
    text: str
    executable: bool = False


class FileSet(Contract):
    """Files of one generator, sorted by path, no path twice."""

    files: tuple[GeneratedFile, ...]

    @classmethod
    def of(cls, files: dict[str, str], *, executable: frozenset[str] = frozenset()) -> Self:
        """Build from path → text."""
        return cls(
            files=tuple(
                GeneratedFile(path=path, text=files[path], executable=path in executable)
                for path in sorted(files)
            )
        )

    def merged(self, *others: FileSet) -> FileSet:
        """All files together; raises ValueError naming a path that two sets hold."""
        merged: dict[str, GeneratedFile] = {}
        for file in (file for file_set in (self, *others) for file in file_set.files):
            if file.path in merged:
                raise ValueError(f"two generators write {file.path}")
            merged[file.path] = file
        return FileSet(files=tuple(merged[path] for path in sorted(merged)))


class Check(Contract):
    """One check of the verification stage."""

    name: str
    ok: bool
    detail: str = Field(description="one line: what was seen, or what broke")
    duration_s: float = Field(description="seconds of wall time")
    subprocess_s: float = Field(default=0.0, description="seconds of wall time spent in subprocesses")


class Verification(Contract):
    """Result of the verification stage."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> int:
        """How many checks are green."""
        return sum(check.ok for check in self.checks)

    @property
    def failed(self) -> int:
        """How many checks are red."""
        return len(self.checks) - self.passed


class Reference(Contract):
    """What a stage returns in place of bytes: where they are, and their checksum."""

    key: str = Field(description="object key in the artifact store")
    sha256: str
    bytes: int


class Release(Contract):
    """Result of the release stage."""

    archive: Reference
    manifest: Reference
    files: int = Field(description="how many files the archive holds")


def json_object(value: Contract) -> dict[str, Any]:
    """The value as plain JSON types, for a database column or an API answer."""
    return value.model_dump(mode="json")


GENERATOR_VERSION = "0.1.0"
"""Names the generator in blueprints, manifests and result keys; raised when its output changes."""


class Said(Contract):
    """What intake hands on: the stored interview and where its reading lies."""

    project_id: UUID
    project: str = Field(description="slug")
    interview_id: UUID
    intake: Reference


class Plan(Contract):
    """What blueprint hands on: the numbered version and where the document lies."""

    project: str = Field(description="slug")
    blueprint_id: UUID
    version: int
    sha256: str
    blueprint: Reference


class Decision(Contract):
    """What approval hands on: the answer at the gate."""

    answer: Literal["approved", "changes requested", "rejected"]
    by: str = Field(description="e-mail address of the member")
    comment: str = ""


class Part(Contract):
    """What each generating stage hands on: where its files lie."""

    files: Reference


class Verified(Contract):
    """What verification hands on: the files it found sound, and its report."""

    files: Reference
    report: Reference
