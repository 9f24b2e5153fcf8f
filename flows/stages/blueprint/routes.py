"""Pages and API operations of every entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.contracts import BlueprintEndpoint, BlueprintPage
from flows.stages.blueprint.features import ACTIONS, Action

if TYPE_CHECKING:
    from flows.contracts import BlueprintEntity, Source

Method: TypeAlias = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
API = "/api/v1"

_PAGES: dict[Action, tuple[str, str]] = {
    "list": ("/{slug}", "{many}"),
    "detail": ("/{slug}/{{id}}", "{one}"),
    "create": ("/{slug}/new", "New: {one}"),
    "edit": ("/{slug}/{{id}}/edit", "Edit: {one}"),
    "delete": ("/{slug}/{{id}}/delete", "Delete: {one}"),
}
_ACCOUNTS = "people sign in, because what they may do depends on who they are"
_ADMIN = "somebody has to look after accounts and what was done with them"
_WHOLE: tuple[tuple[str, str, Literal["home", "account", "admin"], str], ...] = (
    ("/", "Home", "home", "every application has a first page"),
    ("/sign-in", "Sign in", "account", _ACCOUNTS),
    ("/sign-up", "Sign up", "account", _ACCOUNTS),
    ("/account", "Your account", "account", _ACCOUNTS),
    ("/forgot-password", "Forgot your password", "account", _ACCOUNTS),
    ("/reset-password", "New password", "account", _ACCOUNTS),
    ("/admin/users", "Users", "admin", _ADMIN),
    ("/admin/users/{id}", "User", "admin", _ADMIN),
    ("/admin/audit", "Audit trail", "admin", _ADMIN),
)
_ENDPOINTS: tuple[tuple[Action, Method, str], ...] = (
    ("list", "GET", "/{slug}"),
    ("detail", "GET", "/{slug}/{{id}}"),
    ("create", "POST", "/{slug}"),
    ("edit", "PUT", "/{slug}/{{id}}"),
    ("edit", "PATCH", "/{slug}/{{id}}"),
    ("delete", "DELETE", "/{slug}/{{id}}"),
)
_HABITS: dict[Action, str] = {
    "list": "what is kept can be listed",
    "detail": "what is kept can be looked at",
    "create": "what is kept can be entered",
    "edit": "what was entered can be corrected",
    "delete": "what was entered can be removed",
}


_DEEDS: dict[Action, str] = {"list": "see", "detail": "see", "create": "create", "edit": "edit"}
Asked: TypeAlias = dict[tuple[str, str], str]


def pages(entities: tuple[BlueprintEntity, ...], asked: Asked) -> tuple[BlueprintPage, ...]:
    """The home page, those of accounts and of the admin, and five pages of every entity.

    `asked`: by (action as in a grant, class name) the first wish that says it is done.
    """
    made = [
        BlueprintPage(path=path, title=title, action=action, source="default", because=because)
        for path, title, action, because in _WHOLE
    ]
    for entity in entities:
        for action in ACTIONS:
            path, title = _PAGES[action]
            source, because = _reason(entity, action, asked)
            made.append(
                BlueprintPage(
                    path=path.format(slug=entity.slug),
                    title=title.format(one=entity.label, many=entity.label_plural),
                    entity=entity.name,
                    action=action,
                    source=source,
                    because=because,
                )
            )
    return tuple(made)


def endpoints(entities: tuple[BlueprintEntity, ...], asked: Asked) -> tuple[BlueprintEndpoint, ...]:
    """Six API operations of every entity, and one more for each change of its status."""
    made = []
    for entity in entities:
        for action, method, path in _ENDPOINTS:
            source, because = _reason(entity, action, asked)
            made.append(
                BlueprintEndpoint(
                    method=method,
                    path=API + path.format(slug=entity.slug),
                    entity=entity.name,
                    action=action,
                    source=source,
                    because=because,
                )
            )
        made.extend(
            BlueprintEndpoint(
                method="POST",
                path=f"{API}/{entity.slug}/{{id}}/{move.name.replace('_', '-')}",
                entity=entity.name,
                action="change status",
                source=move.source,
                because=move.because,
            )
            for move in (entity.states.transitions if entity.states else ())
        )
    return tuple(made)


def _reason(entity: BlueprintEntity, action: Action, asked: Asked) -> tuple[Source, str]:
    wish = asked.get((_DEEDS.get(action, action), entity.name))
    return ("default", _HABITS[action]) if wish is None else ("inferred", wish)
