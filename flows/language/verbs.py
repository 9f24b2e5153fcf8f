"""What verbs do to a row: see it, create, edit, delete it, all of that, or change its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.statuses import participles
from flows.language.words import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import RuleAction

_VERBS: tuple[tuple[tuple[RuleAction, ...], str], ...] = (
    (
        ("see",),
        """see | view | read | look at | look up | look through | browse | search | search for | find
        | access | list | watch | check | inspect | consult | know | display | download | export
        | follow | track""",
    ),
    (
        ("create",),
        """create | add | enter | make | write | register | submit | post | request | book | record | upload
        | propose | order | file | report | place | schedule | leave | invite | apply for | sign up for
        | reserve | ask for | give | buy | rent | borrow | log | suggest | offer | plan | share | send | rate
        | review | announce | note | fill out | open | start | publish | import | set up | lend | declare
        | donate | pledge | bring | keep""",
    ),
    (
        ("edit",),
        """edit | change | update | correct | modify | rename | maintain | adjust | fill in | reschedule
        | move
        | assign | extend | alter | amend | revise | set | complete | mark | replace""",
    ),
    (("delete",), "delete | remove | erase | discard | destroy"),
    (
        ("see", "create", "edit", "delete", "change status"),
        """manage | administer | handle | administrate | organise | organize | oversee | do everything with
        | have full access to | have access to everything in | do""",
    ),
)
ACTIONS: dict[str, tuple[RuleAction, ...]] = {
    verb.strip(): actions for actions, verbs in _VERBS for verb in " ".join(verbs.split()).split("|")
}
DONE: dict[str, str] = {form: verb for verb in reversed(ACTIONS) for form in participles(verb)}
"""What was done → the verb: `changed` → change."""
TAKING = frozenset(
    {
        "borrow",
        "rent",
        "buy",
        "book",
        "reserve",
        "order",
        "lend",
        "rate",
        "review",
        "share",
        "follow",
        "invite",
    }
    | {"apply for", "sign up for", "donate", "pledge", "bring", "ask for", "give"}
)
"""Verbs that make something of what they are done to: whoever borrows a book makes no book."""
FIRM = frozenset(
    {"see", "view", "read", "edit", "change", "update", "delete", "remove", "create", "add", "do"}
)
"""Verbs that mean the same whatever statuses a thing has."""
_MADE = frozenset(
    {"ticket", "order", "loan", "rental", "request", "review", "vote", "purchase", "offer", "visit", "gift"}
    | {"report", "comment", "message", "feedback", "membership", "pledge", "bid", "lease", "entry", "idea"}
)


def is_made_by_doing(thing: str) -> bool:
    """Whether a thing comes about when somebody does something: a booking, an order, a donation."""
    last = stems(thing)[-1:]
    return any(word in _MADE or word.endswith(("ing", "tion", "ment", "sal", "val")) for word in last)


LONGEST = 4  # words of a verb: "have full access to"
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))
_HISSING = ("sses", "xes", "zzes", "ches", "shes", "oes")
"""Endings of verbs that take `es` in the third person; of the others the `e` is their own: `refuses`."""


def bases(verb: str) -> Iterator[str]:
    """What a verb in the third person may be without its ending, itself first."""
    first, space, rest = verb.partition(" ")
    yield verb
    for ending, instead in _ENDINGS:
        if ending == "es" and not first.endswith(_HISSING):
            continue
        if first.endswith(ending) and len(first) > len(ending) + 1:
            yield first.removesuffix(ending) + instead + space + rest
