"""The words of JDL that mean something here, and why the others do not."""

from __future__ import annotations

from flows.contracts import FieldKind

FIELD_TYPES = {
    "String": FieldKind.TEXT,
    "Integer": FieldKind.NUMBER,
    "Long": FieldKind.NUMBER,
    "BigDecimal": FieldKind.DECIMAL,
    "Float": FieldKind.DECIMAL,
    "Double": FieldKind.DECIMAL,
    "Boolean": FieldKind.YES_NO,
    "LocalDate": FieldKind.DATE,
    "LocalTime": FieldKind.TIME,
    "Instant": FieldKind.DATE_AND_TIME,
    "ZonedDateTime": FieldKind.DATE_AND_TIME,
    "Duration": FieldKind.DURATION,
    "UUID": FieldKind.IDENTIFIER,
    "TextBlob": FieldKind.LONG_TEXT,
    "Blob": FieldKind.FILE,
    "AnyBlob": FieldKind.FILE,
    "ImageBlob": FieldKind.IMAGE,
}
ALSO_TYPES = {"LocalDateTime": FieldKind.DATE_AND_TIME, "ByteBuffer": FieldKind.FILE}
"""Types that files for some databases use."""

RELATIONSHIPS = ("OneToMany", "ManyToOne", "OneToOne", "ManyToMany")
PEOPLE = "User"
ROLES = "Authority"
BUILT_IN = (PEOPLE, ROLES)
PEOPLE_DETAILS = ("User profile", "User details", "User record", "User data set")
"""What an entity may be called that adds fields to the built-in one of the people who sign in."""

_HOW_IT_IS_BUILT = "it says how JHipster writes the code; the application has a layout of its own"
OPTIONS = {
    "dto": _HOW_IT_IS_BUILT,
    "service": _HOW_IT_IS_BUILT,
    "skipClient": "pages and API are left out for the whole application or not at all: profile 'api'",
    "skipServer": "every entity has its pages, its API and its table",
    "noFluentMethod": _HOW_IT_IS_BUILT,
    "embedded": "every entity has a table of its own",
    "filter": "every list can be filtered without being asked to",
    "search": "every list can be searched without being asked to",
    "paginate": "every list comes in pages without being asked to",
    "pagination": "every list comes in pages without being asked to",
    "microservice": "everything is built into one application",
    "angularSuffix": _HOW_IT_IS_BUILT,
    "clientRootFolder": _HOW_IT_IS_BUILT,
    "readOnly": "",
}
"""Options, and why they have no meaning here; '' for what has one."""

READ_ONLY = "readOnly"
USE = {
    "pagination": OPTIONS["paginate"],
    "infinite-scroll": OPTIONS["paginate"],
    "elasticsearch": OPTIONS["search"],
    "couchbase": OPTIONS["search"],
}
UNKNOWN_OPTION = "the factory knows no option of that name"
ANNOTATION = "annotations say how JHipster writes the code"
CONFIGURATION = "it says with which tools JHipster builds; the factory has its own"
EVERY_ENTITY = "every entity of the file is built, into one application"
DEPLOYMENT = "the archive holds what is needed to run it: Dockerfile, compose file and configuration"
TABLE_NAME = "tables are named for what they hold"
OWN_ID = "every row has an id of its own, made by the database"
ROLES_BUILT_IN = "roles are part of every application, and an administrator gives them"
PEOPLE_BUILT_IN = "the people who sign in are part of every application"
