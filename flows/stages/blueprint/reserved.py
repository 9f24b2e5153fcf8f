"""Names that mean something already in Python, SQL, the libraries or the generated application itself."""

from __future__ import annotations

import builtins
import keyword

PYTHON = frozenset({*keyword.kwlist, "self", "cls"})
BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))

# Without position and time, which PostgreSQL keeps for functions and types and takes as names of columns.
_POSTGRESQL = """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
    case cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer
    intersect
    interval into is isnull join lateral leading least left like limit localtime localtimestamp natural
    national nchar none not notnull null nullif numeric offset on only or order out outer overlaps overlay
    placing precision primary real references returning right row select session_user setof similar
    smallint some substring symmetric system_user table tablesample then timestamp to trailing
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
    metadata registry id pk created_at updated_at created_by updated_by created_by_id updated_by_id version
    model_config model_fields copy dict json schema construct validate fields parse_obj parse_raw parse_file
    from_orm schema_json dt sa orm op mapped_column type_annotation_map page q size sort overrides csrf
    update_forward_refs items keys values get pop update clear setdefault session request csrf_token actor
"""
# What annotations of a class body name beside its fields: a field of that name would hide its own type.
_TYPES = """
    bool bytes float frozenset int list object set str tuple property classmethod staticmethod super decimal
    datetime timedelta uuid enum annotated any mapped optional literal relationship
"""
MEMBERS = PYTHON | SQL | frozenset(f"{_ATTRIBUTES} {_TYPES}".split())
MEMBER_PREFIXES = ("model_",)
# A relation called so is fine: its column ends in _id, and nothing else on a row has the name.
RELATION_NOUNS = frozenset({"user", "order", "group", "plan", "release", "transaction", "view"})
# Addresses below a row's own, methods of a service, and the words of policy.
_BELOW = """
    see list detail view create new edit update replace delete remove search export files move get read
    transition history version change_status
"""
TRANSITIONS = PYTHON | BUILTINS | frozenset(_BELOW.split())
# What stands for people in policy and grants already.
ROLES = PYTHON | {"visitor", "anyone", "members", "actor", "all", "own", "nobody", "system"}

_CLASSES = """
    User Role Actor Session BrowserSession ApiToken PasswordReset SignInAttempt AuditEvent Upload Grant Policy
    Base Record BaseModel Crud CurrentActor DatabaseSession Dependant ExactDecimal Search Submitted Sortable
    Input Output Page Path Query Body Form Field File Request Response HTMLResponse Depends Reference
    References Rows Settings Config Enum StrEnum Decimal Mapped Any Annotated Optional Literal Self Counter
    AppError NotFound Forbidden Conflict Taken Invalid Iterator Iterable Callable Generator Mapping Sequence
    Protocol Type Union Final HTTPStatus Browser Values
"""
CLASSES = frozenset(_CLASSES.split()) | BUILTINS | PYTHON
# Classes generated beside an entity's own: an entity may not be called like another one's.
CLASS_ENDINGS = (
    *("Create", "Update", "Edit", "Patch", "Write", "Read", "In", "Out", "Base", "Form", "Service", "Router"),
    *("Search", "Entry"),
)

_MODULES = """
    app main base home errors router routers routes settings config database session health account accounts
    admin user users access policy actor audit uploads static templates install render csrf custom seed serve
    migrate migrations test tests conftest factory browser contract values schemas models services api pages
    crud hooks search paging export typing uuid datetime decimal enum json re dt sa op orm alembic metrics
    logging request response whole files every_page journeys observability sign_in
"""
MODULES = frozenset(_MODULES.split()) | PYTHON | BUILTINS
TABLES = SQL | frozenset(
    {"alembic_version", "users", "sessions", "audit_events", "api_tokens", "tokens", "password_resets"}
    | {"sign_in_attempts", "uploads"}
)
_ADDRESSES = """
    api static docs redoc openapi-json healthz readyz metrics new edit delete export-csv favicon-ico
    robots-txt login logout sign-in sign-up sign-out account admin forgot-password reset-password me tokens
    uploads files
"""
SLUGS = frozenset(_ADDRESSES.split())
