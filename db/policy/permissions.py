"""Who may do what: one table of grants and one pure question, deny by default."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["founder", "collaborator", "admin"]
Action = Literal[
    "interview:submit",
    "pipeline:start",
    "pipeline:pause",
    "pipeline:resume",
    "pipeline:retry",
    "pipeline:restart",
    "pipeline:cancel",
    "pipeline:read",
    "pipeline:logs:read",
    "blueprint:approve",
    "blueprint:request_changes",
    "blueprint:reject",
    "artifact:download",
]

EVERYTHING: frozenset[Action] = frozenset(get_args(Action))
GRANTS: dict[Role, frozenset[Action]] = {
    "founder": EVERYTHING,
    "collaborator": frozenset(
        {
            "interview:submit",
            "pipeline:start",
            "pipeline:pause",
            "pipeline:resume",
            "pipeline:retry",
            "pipeline:restart",
            "pipeline:cancel",
            "pipeline:read",
            "pipeline:logs:read",
            "artifact:download",
        }
    ),
    "admin": EVERYTHING,
}


def allows(role: Role, action: Action) -> bool:
    """Whether a member of that role may do that within their own tenant."""
    return action in GRANTS.get(role, frozenset())
