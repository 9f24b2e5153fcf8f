"""The words that carry the structure of a rule, and the terminals of the grammar they become."""

from __future__ import annotations

_PHRASES: dict[str, str] = {
    "ANYONE": """anyone | anybody | visitors | visitor | guests | guest | the public | strangers
        | people who are not signed in | people who have not signed in | everyone on the internet
        | anyone who is not signed in | everybody without an account | people without an account""",
    "MEMBERS": """everybody signed in | everyone signed in | anyone signed in | anybody signed in
        | signed-in people | signed in people | signed-in users | signed in users | logged-in users
        | logged in users | all users | every user | users | a user | user | members | all members
        | every member | everybody who is signed in | everyone who is signed in | everyone who signed in
        | anyone who is signed in | people who are signed in | people who sign in | everybody who signs in
        | everyone who signs in | everybody who signed in | everybody | everyone | all people
        | everybody logged in | everyone logged in | any user | any member | people with an account
        | everybody with an account | everyone with an account | all of them | both""",
    "CREATOR": """the person who created | whoever created | the one who created | the person who entered
        | whoever entered | the person who made | whoever made | the person who wrote | whoever wrote
        | the author of | the creator of | the person who requested | whoever requested""",
    "NOBODY": "nobody | no one | no-one | none",
    "ONLY": "only | just | nobody but | no one but | nobody except | no one except | solely",
    "CAN": """can | may | could | is allowed to | are allowed to | is able to | are able to | get to
        | has the right to | have the right to | must be able to | should be able to | is permitted to
        | are permitted to | might | must | should | shall | has to | have to | want to | wants to
        | need to | needs to | will | would like to""",
    "CANNOT": """can neither | may neither | cannot | can't | can not | may not | must not | mustn't
        | should not | shouldn't
        | is not allowed to | are not allowed to | isn't allowed to | aren't allowed to | can never
        | may never | must never | never | could not | is not able to | are not able to | do not | does not
        | don't | doesn't | shall not | will not | won't""",
    "BE": "be | is | are | get | gets | was | were",
    "GOES": "goes | go | moves | passes | turns | turn | switches | advances",
    "BY": "by",
    "TO": "to | into",
    "AS": "as",
    "FROM": "from",
    "OF": "of | for | on | about | with | to",
    "OWN_ROWS": """that belong to them | that belongs to them | which belong to them | assigned to them
        | that are assigned to them | they created | they have created | they made | they have made
        | they entered | they wrote | they have written | they requested | they own | they added | they booked
        | made by them | created by them | written by them | entered by them | of their own | of theirs
        | that are theirs | which are theirs | that is theirs | belonging to them | addressed to them
        | that they created | that they made | that they entered | that they wrote | that they requested
        | that they own | that they added | that they booked | which they created | which they made
        | with them | for them | of them | about them | sent to them | they submitted | that they submitted
        | they posted | that they posted | themselves created | they uploaded | that they uploaded""",
    "OWN": """their own | his own | her own | his or her own | its own | own | their | his | her
        | one of their own | one of their""",
    "THAT_ARE": """that are | which are | that is | which is | whose status is | with the status | with status
        | in status | in the status | that has been | that have been | which has been
        | which have been | that have the status | when they are | which have the status""",
    "STATUS_FIELD": """the status | its status | their status | status | the state | its state | the stage
        | its stage | the phase | its phase""",
    "WHEN": """once | when | while | as long as | if | after | until | before | unless | as soon as
        | only when
        | only if | only while | only before | only until | so long as | provided | only once | only after
        | except when | whenever""",
    "NOT": "not | no longer | not yet | still not",
    "EVERYTHING": """everything | anything | all data | all things | all records
        | the whole application""",
    "IT": "it | them | they | this | these | that one",
    "ALL": """all | any | every | each | all the | all of the | any of the | other | some | both | one of the
        | many | new | another | more | all their""",
}
PHRASES: dict[tuple[str, ...], tuple[str, ...]] = {}
for _terminal, _phrases in _PHRASES.items():
    for _phrase in _phrases.split("|"):
        PHRASES[tuple(_phrase.split())] = (*PHRASES.get(tuple(_phrase.split()), ()), _terminal)
LONGEST = max(map(len, PHRASES))
OBLIGING = frozenset({"must", "should", "shall", "has to", "have to", "need to", "needs to", "will"})
"""What begins as `can` does and says what has to be done."""
MODALS = frozenset(words[0] for words, terminals in PHRASES.items() if {"CAN", "CANNOT"} & set(terminals))
"""Words that begin `can` and `cannot`."""
