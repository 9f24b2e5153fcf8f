"""Verbs in all their forms, and what doing them means for a product."""

from __future__ import annotations

from dataclasses import dataclass

from flows.language.prose.wordlist import words

_KEEPING = """
    keep track manage record log list add create post publish share sell offer upload write enter organise
    organize plan schedule store collect maintain register note save document catalogue catalog administer
    host announce prepare define make file submit report propose suggest monitor edit update find search
    browse discover compare see view follow show choose pick select assign receive review rate rent lend
    borrow book reserve buy order hire visit attend join exchange swap trade donate deliver repair
    request open check control inspect service test archive print bake brew grow harvest plant cook teach
    learn study practise practice rehearse perform play watch read invite approve confirm decline reject
    accept cancel complete finish close resolve return ship send apply enrol enroll comment vote bid subscribe
    recommend match pair name describe set know exhibit present adopt foster walk feed treat
    prescribe vaccinate
    diagnose ask answer give distribute sort tag label count measure weigh import export map overview
    advertise promote lease sublet charter tip nominate evaluate grade mark issue verify assess coordinate
    supervise oversee track arrange fix inspect release refuse revise withdraw postpone reschedule
    allocate scan photograph calibrate install proofread translate transcribe weld sew
"""
_OTHER = """
    hang occur water download print click match vary use want need like love let allow help enable try
    go come work take get put meet talk speak call pay cost spend save lose forget miss remember think
    believe feel hope wait look hear listen tell say become remain stay live sit stand walk run drive
    ride fly swim travel move carry bring leave arrive happen begin start stop end continue change grow
    fall rise turn win train coach cost contact message chat connect communicate interact cooperate
    collaborate remind notify inform warn stress struggle waste worry bother avoid prevent reduce
    increase improve replace solve depend rely belong contain include consist mean matter handle deal
    serve provide support manage care earn vary own hold lie fill sign suffer trust do decide agree
    discuss understand explain happen disappear ensure guarantee require expect owe promise eat drink
    sleep wash load unload pack unpack dispatch forward hand pull push throw pour climb
    enjoy hate lack
"""
_IRREGULAR = {
    "keep": "kept", "sell": "sold", "write": "wrote written", "make": "made", "find": "found",
    "see": "saw seen", "show": "showed shown", "choose": "chose chosen", "lend": "lent", "buy": "bought",
    "teach": "taught", "read": "read", "grow": "grew grown", "set": "set", "know": "knew known",
    "give": "gave given", "send": "sent", "feed": "fed", "go": "went gone", "come": "came",
    "take": "took taken", "do": "did done", "get": "got", "put": "put", "meet": "met",
    "speak": "spoke spoken", "pay": "paid",
    "cost": "cost", "spend": "spent", "lose": "lost", "forget": "forgot forgotten", "think": "thought",
    "feel": "felt", "hear": "heard", "tell": "told", "say": "said", "become": "became", "sit": "sat",
    "stand": "stood", "run": "ran", "drive": "drove driven", "ride": "rode ridden", "fly": "flew flown",
    "swim": "swam swum", "bring": "brought", "leave": "left", "begin": "began begun", "fall": "fell fallen",
    "rise": "rose risen", "win": "won", "deal": "dealt", "hold": "held", "mean": "meant",
    "let": "let", "bid": "bid", "understand": "understood", "oversee": "oversaw overseen", "sublet": "sublet",
    "withdraw": "withdrew withdrawn", "eat": "ate eaten", "drink": "drank drunk", "sleep": "slept",
    "throw": "threw thrown",
}  # fmt: skip
_DOUBLED = words("""
    plan log tag ship swap set get put let sit run win swim bid map stop tip chat submit enrol cancel
    label travel refer begin forget sublet scan
""")
ALSO_NOUNS = words("""
    book order review rate report list plan schedule request rent visit comment share track match offer
    post log note record call need use work help search look check test show play walk trade deal stay
    cook train coach host ride contact message pay change answer service document file plant lease bid
    vote exchange swap control mark issue grade end start stop turn cost care name harvest view tip
    charter map love hope stress waste worry support charge study practice guide store label tag fix
    move run drive win present sort set overview import export print release scan hand load pack drink
    lack sleep wash
""")
"""Forms that are nouns as well; what stands before them decides."""
NOUNS_IN_ING = words("""
    booking training parking meeting wedding building painting recording cleaning rating listing feeding
    swimming cooking dancing gardening housing briefing hearing clothing evening morning opening closing
    serving greeting ending beginning lodging drawing offering screening viewing fitting tasting outing
    gathering posting helping saving earning spending filing shipping setting warning reading
    vaccination
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What a written word is as a verb."""

    lemma: str
    shape: str
    """base, third (books), past (booked) or ing (booking)."""


def _forms(lemma: str) -> dict[str, Form]:
    stem = lemma.removesuffix("e")
    doubled = lemma + lemma[-1] if lemma in _DOUBLED else stem
    third = f"{lemma[:-1]}ies" if lemma.endswith("y") and lemma[-2] not in "aeou" else _third(lemma)
    past = f"{lemma[:-1]}ied" if lemma.endswith("y") and lemma[-2] not in "aeou" else f"{doubled}ed"
    forms = {past: Form(lemma=lemma, shape="past")}
    forms |= {f"{doubled}ing": Form(lemma=lemma, shape="ing")}
    if lemma.endswith("ee"):
        forms[f"{lemma}ing"] = Form(lemma=lemma, shape="ing")
    if lemma.endswith("ie"):
        forms[f"{lemma[:-2]}ying"] = Form(lemma=lemma, shape="ing")
    if lemma.endswith("l"):
        forms |= {f"{lemma}{end}": Form(lemma=lemma, shape=shape) for end, shape in _PLAIN_ENDS.items()}
    forms |= {word: Form(lemma=lemma, shape="past") for word in _IRREGULAR.get(lemma, "").split()}
    forms |= {third: Form(lemma=lemma, shape="third"), lemma: Form(lemma=lemma, shape="base")}
    return forms


_PLAIN_ENDS = {"ed": "past", "ing": "ing"}


def _third(lemma: str) -> str:
    return f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{lemma}s"


FORMS: dict[str, Form] = {}
for _lemma in dict.fromkeys(f"{_KEEPING} {_OTHER}".split()):
    for _word, _form in _forms(_lemma).items():
        FORMS.setdefault(_word, _form)

KEEPING = words(_KEEPING)
"""What one does to something that the product has to know of."""
OWNING = words("""
    list offer sell share post publish upload write submit report log track keep record lend register
    save note host propose suggest enter advertise lease donate announce send bring
""")
"""Who does this to a thing is whose it is."""
ADMINISTERING = words("manage maintain administer organise organize coordinate arrange define oversee")
"""Who does this to things looks after all of them, whoever made them."""
MANAGING = words("""
    manage add create plan schedule organise organize maintain define administer coordinate arrange
    prepare set update edit
""")
"""Who does this to things makes them, and looks after their own."""
CHOOSING = words("""
    find search browse discover compare choose pick select hire book review rate see assign manage list
    recommend match follow contact evaluate
""")
"""Who is chosen or looked after so is worth a row."""
STATUSES = {
    "confirm": "confirmed", "decline": "declined", "accept": "accepted", "reject": "rejected",
    "approve": "approved", "cancel": "cancelled", "complete": "completed", "finish": "finished",
    "close": "closed", "resolve": "resolved", "publish": "published", "return": "returned",
    "deliver": "delivered", "ship": "shipped", "archive": "archived", "repair": "repaired",
    "verify": "verified", "sign": "signed", "invite": "invited", "fix": "fixed",
    "send": "sent", "fill": "filled", "release": "released", "refuse": "refused", "withdraw": "withdrawn",
}  # fmt: skip
"""Verbs that move a thing on, and the status it then has."""
ANSWERING = ("confirm", "accept", "approve", "decline", "reject", "refuse")
ANSWERS = frozenset(ANSWERING)
"""What only something new can get."""
