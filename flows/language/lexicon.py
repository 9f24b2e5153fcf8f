"""The words that carry the structure of a sentence, and the terminals of the grammar they become."""

from __future__ import annotations

from flows.language.words import word_set

_PHRASES: dict[str, str] = {
    # Verbs of a thing
    "HAVE": """has | have | had | having | keeps | keep | stores | store | holds | hold | contains | contain
        | includes | include | consists of | consist of | is made of | is made up of | are made of | records
        | record | tracks | track | comes with | come with | carries | carry | is described by
        | are described by | features | shows | saves | has got | have got | consisting of
        | keeps track of | keep track of | there is | there are | there should be | there must be""",
    "NEED": "needs | need | requires | require",
    "BE": "is | are | was | were | be",
    "RANGE": "goes | go | ranges | range | runs | lies | lie | counts",
    "BELONG": """belongs to | belong to | refers to | refer to | references | points to | comes from
        | goes with | takes place in | takes place at | takes place on | take place in | takes place during
        | happens at | happens in | lies in | grows on | grows in | belongs in | belong in""",
    "BELONGED": """part of | a part of | linked to | connected to | assigned to | attached to | related to
        | owned by | made by | written by | placed by | entered by | created by | given by | taken by
        | requested by | booked by | filed by | reported by | kept by | led by | run by | held in | held at
        | submitted by | sent by | sent to | listed in | filed under | driven by | organised by
        | organized by | rented by | borrowed by | added by | taught by | offered by | done by | grown on
        | grown in | about | for | of | from | shown in | shown at | played in | treated by | seen by
        | bought by | ordered by | paid by | posted by | uploaded by | signed by | managed by | hosted by""",
    "SHOWN": """known by | shown by | identified by | recognised by | recognized by | displayed by
        | displayed as | listed by | shown as | told apart by | found by | represented by | labelled by
        | labeled by | named by | called by | known as""",
    "STARTS": """starts as | start as | starts out as | begins as | begin as | starts with the status
        | starts at | starts in | starts off as | begins at | defaults to | default to | begins with
        | starts with""",
    "SHARE": "share | shares | have the same | has the same | with the same",
    "NO_TWO": "no two | never two | no 2",
    "MUST": "must | shall | should | has to | have to | needs to | need to | will | always",
    "CAN": "can | could | may | might | optionally | sometimes | occasionally",
    "NOT": "not | never",
    "THAT": "that | which | who",
    # What is said of a field
    "REQUIRED": """required | mandatory | compulsory | obligatory | non-empty | must-have | necessary
        | needed""",
    "OPTIONAL": """optional | optionally | voluntary | if any | if known | if given | if there is one
        | if there are any
        | if available | if needed | if wanted | if applicable | if they have one | if it has one
        | when known | when available | nullable | perhaps | maybe | possibly | if you like""",
    "UNIQUE": """unique | distinct | used only once | only once | different for each | different for every
        | different for all | different for everyone | one of a kind | without duplicates | no duplicates""",
    "EMPTY": """empty | blank | missing | null | left empty | left out | left blank | omitted | unknown
        | skipped""",
    "GIVEN": """given | filled in | set | there | present | entered | provided | known | stated | filled
        | filled out | named | chosen | a must""",
    "REPEATED": "repeated | shared | duplicated | used twice | the same | used again",
    "POSITIVE": "positive | greater than zero | more than zero | above zero",
    "NEGATIVE": "negative | below zero | less than zero",
    "NON_NEGATIVE": "non-negative | nonnegative | zero or more | 0 or more | not below zero",
    # Bounds
    "AT_LEAST": """at least | no less than | not less than | no fewer than | not fewer than | minimum of
        | minimum | min | not below | never below | starting at | starting from | not under
        | not smaller than | not lower than | no smaller than | no lower than | not shorter than""",
    "AT_MOST": """at most | up to | no more than | not more than | maximum of | maximum | max | limited to
        | within
        | not above | never above | not over | not greater than | never more than | not longer than
        | no longer than | not bigger than | not higher than | at the most | not exceed | not exceeding""",
    "MORE_THAN": """more than | greater than | bigger than | larger than | higher than | above | over
        | longer than | exceeding | beyond""",
    "LESS_THAN": "less than | fewer than | smaller than | lower than | below | under | shorter than",
    "EXACTLY": "exactly | precisely",
    "OR_MORE": """or more | or above | or over | and more | and above | and up | or higher | or greater
        | upwards""",
    "OR_LESS": "or less | or fewer | or below | or under | or lower | and below | and under",
    "BETWEEN": "between",
    "FROM": "from",
    "TO": "to | until | till | through",
    "AFTER": "after | later than",
    "BEFORE": "before | earlier than | prior to",
    "NOT_BEFORE": """not before | not earlier than | no earlier than | on or after | at or after
        | never before | after or on | same day or after | the same or after | equal to or after
        | after or equal to | on the same day or after""",
    "NOT_AFTER": """not after | not later than | no later than | on or before | at or before | never after
        | before or on | same day or before | the same or before | before or equal to""",
    "DEFAULT": """default | default is | default of | default value | default value is | a default of
        | defaulting to | usually | normally | initially | preset to | preset | set to | by default
        | if nothing is said | unless stated otherwise | as a rule""",
    "AT_FIRST": """at first | by default | to begin with | to start with | at the start | in the beginning
        | when new""",
    "UNIT": """characters | character | letters | letter | chars | char | signs | symbols | characters long
        | letters long | digits | digit | digits long | kb | mb | gb | bytes | kilobytes | megabytes
        | gigabytes | words""",
    # Numbers of things
    "ONE_OF": """one of | any of | either | a choice of | choice of | choices | options | chosen from
        | a choice between | choice between | possible values are | possible values | values | the values""",
    "ONE": "exactly one | a single | single | only one | just one | at most one | up to one | one",
    "MANY": """many | several | multiple | any number of | lots of | a list of | a lot of | zero or more
        | numerous | various | a set of | a collection of | plenty of | unlimited | a few""",
    "MANY_REQUIRED": "one or more | at least one | 1 or more | one or several | at least 1",
    "ALL_OF": "all | both | all of them | both of them | all of these | each of them",
    "WITH": "with",
    "ANOTHER": "another",
    "ANOTHER_ALONE": "itself | themselves | one another | each other",
    "AS": "as | called | named | in the role of | acting as",
    "USER": """the person who entered it | the person who created it | whoever entered it
        | whoever created it | its creator | the signed-in person | the signed in person
        | the person signed in | the current user | the signed-in user | the signed in user
        | the logged-in user | the logged in user | the logged-in person | the person who signed in
        | whoever is signed in | whoever made it | whoever added it | whoever wrote it""",
}


def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for terminal, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            table[words] = (*table.get(words, ()), terminal)
    return table


PHRASES = _table()
"""Words of a phrase → the terminals it may become."""
LONGEST_PHRASE = max(len(words) for words in PHRASES)

_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her", "each", "every", "this", "any", "our"})
FILLERS = word_set(
    "also just simply then additionally furthermore too moreover finally please etc basically both instead "
    "now"
)
"""Words that change nothing."""
PREPOSITIONS = word_set(
    "of in for per at from to on with by about within during before after without into as"
)
MEASURING = word_set(
    "lasts last weighs weigh costs cost takes take offers offer seats seat fits fit sleeps serves "
    "accommodates measures charges charge"
)
"""Verbs of a thing when an amount of something follows, or `a rate`; else they are names or stories."""
NUMBERS = {word: str(number) for number, word in enumerate((*_COUNTED, "twelve"))}
STOPS = word_set(
    "that which who whom whose when if because so unless while where why how although though since "
    "than but except"
)
"""Words that begin a subordinate clause: no name holds one."""
LIKE = ("e.g", "eg", "like", "for example", "such as", "i.e", "ie", "for instance", "meaning", "namely")
"""What begins an aside that explains."""
CONJUNCTIONS = {"and": "SEP", "plus": "SEP", "or": "OR", "and/or": "OR"}
CONTRACTIONS = {
    **dict.fromkeys(("cannot", "can't"), "CAN"),
    **dict.fromkeys(("isn't", "aren't"), "BE"),
    **dict.fromkeys(("mustn't", "shouldn't"), "MUST"),
}
"""Words that hold a `not`."""
