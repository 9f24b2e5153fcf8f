"""Names that mean something already in Python, SQL, the libraries or the generated application itself."""

from __future__ import annotations

import builtins
import keyword

PYTHON = frozenset({*keyword.kwlist, *keyword.softkwlist, "self", "cls"})
BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))

_POSTGRESQL = """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
    case cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer
    intersect
    interval into is isnull join lateral leading least left like limit localtime localtimestamp natural
    national nchar none not notnull null nullif numeric offset on only or order out outer overlaps overlay
    placing position precision primary real references returning right row select session_user setof similar
    smallint some substring symmetric system_user table tablesample then time timestamp to trailing
    treat trim
    true union unique user using values varchar variadic verbose when where window with xmlattributes
"""
_SQLITE = """
    abort action add after alter attach autoincrement before begin by cascade commit conflict database
    delete
    detach drop each escape exclude explain glob if ignore immediate index indexed insert instead match no
    nothing of over partition plan pragma query raise recursive reindex release rename replace restrict
    rollback savepoint set temp temporary transaction trigger update vacuum view virtual without
"""
SQL = frozenset(f"{_POSTGRESQL} {_SQLITE}".split())

# Attributes that SQLAlchemy and pydantic give a class, columns every table has, and methods of a dict,
# which a template would find in place of a form's value.
_ATTRIBUTES = """
    metadata registry id pk created_at updated_at created_by updated_by version model_config model_fields
    copy dict json schema construct validate fields parse_obj parse_raw parse_file from_orm schema_json
    dt sa orm op fields mapped_column type_annotation_map page q size sort overrides csrf
    update_forward_refs items keys values get pop update clear setdefault session request csrf_token
"""
# Types that a class body names beside its fields: a field of the same name hides its own type there.
_TYPES = "date time datetime timedelta decimal uuid enum annotated mapped optional literal relationship"
MEMBERS = PYTHON | BUILTINS | SQL | frozenset(f"{_ATTRIBUTES} {_TYPES}".split())
MEMBER_PREFIXES = ("model_",)
# A relation called so is fine: its column ends in _id, and nothing else on a row has the name.
RELATION_NOUNS = frozenset({"user", "order", "group", "plan", "release", "transaction", "view", "position"})
# Addresses below a row's own, methods of a service, and the words of policy.
_BELOW = """
    see list detail view create new edit update replace delete remove search export files move get read
    transition history version change_status
"""
TRANSITIONS = PYTHON | BUILTINS | frozenset(_BELOW.split())
# What stands for people in policy and grants already.
ROLES = PYTHON | {"visitor", "anyone", "members", "actor", "all", "own", "nobody", "system"}

_CLASSES = """
    User Base Session Model BaseModel Settings Config Client Error Problem Page Money Mapped Enum StrEnum
    Integer BigInteger SmallInteger Float String Text UnicodeText Date Time DateTime Interval Numeric
    Boolean
    Uuid UUID Decimal ForeignKey ForeignKeyConstraint CheckConstraint UniqueConstraint Constraint Column
    Table
    Index Select Sequence Engine Identity Computed Any Optional Annotated Literal Path Query Body Form File
    Request Response Depends Header Cookie Router Security Status Field Field_ Template Templates
    Application
    Crud DatabaseSession Dependant HTMLResponse Input Output Record Reference Rows Search Sortable Submitted
    ExactDecimal AppError NotFound Conflict Taken Invalid SameOrigin Listed App Api Home Service
    Repository Mixin Migration Timestamped Entity Row Result Payload Iterator Iterable
    Callable Generator Mapping Self Final Protocol Type Union Link Links
"""
CLASSES = frozenset(_CLASSES.split()) | BUILTINS | PYTHON
# Classes generated beside an entity's own: an entity may not be called like another one's.
CLASS_ENDINGS = (
    *("Create", "Update", "Edit", "Patch", "Write", "Read", "In", "Out", "Base", "Form", "Service", "Router"),
    *("Search", "Entry"),
)

_MODULES = """
    app main base home errors deps dependencies common router routers routes settings config database db
    session security health healthz page pages paging pagination schemas models services api templates
    template forms form auth admin types enums testing test tests conftest static seed seeds middleware
    logging logs metrics tracing migrations alembic text texts format formats money values value validators
    field query select func status request response payload data path engine event env init client view
    views
    utils helpers mixins labels rows result results statement settings_ typing uuid datetime decimal
    json re dt sa op orm crud serve migrate seed record choice now search vendor
"""
MODULES = frozenset(_MODULES.split()) | PYTHON | BUILTINS | SQL | frozenset(_TYPES.split())
TABLES = SQL | {"alembic_version", "users", "sessions", "audit_events"}
SLUGS = frozenset(
    {
        "api",
        "static",
        "docs",
        "redoc",
        "openapi-json",
        "healthz",
        "readyz",
        "metrics",
        "new",
        "edit",
        "delete",
    }
    | {"login", "logout", "sign-in", "sign-up", "sign-out", "account", "admin", "favicon-ico", "robots-txt"}
)
