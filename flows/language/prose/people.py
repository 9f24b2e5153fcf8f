"""Nouns of people and of the houses they work in."""

from __future__ import annotations

from flows.language.prose.wordlist import words

_SERVED = """
    customer client guest patron shopper buyer purchaser diner member participant attendee subscriber patient
    owner tenant renter student pupil learner trainee apprentice mentee applicant candidate donor borrower
    resident citizen neighbour neighbor traveller traveler tourist passenger parent mother father child kid
    family reader listener viewer player fan collector investor hobbyist cyclist runner hiker climber gamer
    swimmer athlete singer dancer musician alumnus graduate beneficiary claimant requester reporter bidder
    skipper voter camper sponsor refugee founder volunteer helper senior hunter angler sailor
    beekeeper homeowner gardener
"""
_SERVING = """
    trainer coach teacher tutor instructor mentor therapist doctor physician dentist vet veterinarian nurse
    midwife psychologist counsellor counselor hairdresser stylist barber beautician sitter walker babysitter
    nanny cleaner caretaker carer caregiver mechanic technician electrician plumber carpenter painter driver
    courier pilot chef cook waiter farmer grower baker brewer butcher artist conductor author writer editor
    blogger photographer designer developer freelancer consultant adviser advisor agent broker seller vendor
    supplier dealer maker crafter craftsman artisan organiser organizer host landlord guide
    speaker lecturer professor researcher scientist lawyer notary accountant architect contractor handyman
    recruiter employer employee worker inspector auditor reviewer judge referee assistant tailor florist
    optician pharmacist physiotherapist masseur lender distributor wholesaler producer translator interpreter
    curator groomer breeder lifeguard ranger captain engineer operator dispatcher planner
"""
_STAFF = """
    manager supervisor director administrator admin treasurer secretary librarian receptionist staff team
    office reception desk management moderator coordinator clerk boss board leader personnel crew colleague
    principal dean foreman committee controller accounting finance backoffice
"""
_HOUSES = """
    restaurant cafe bar pub hotel hostel clinic practice hospital school university kindergarten nursery gym
    studio club choir orchestra band shop store boutique workshop garage library museum theatre theater cinema
    church parish company agency association charity farm bakery salon parlour community town city
    cooperative startup foundation league federation bookshop winery brewery warehouse factory lab laboratory
    shelter ngo supermarket canteen bureau harbour harbor port airport hospice dairy monastery
    firm pharmacy campsite marina zoo hall incubator kitchen household start-up
"""

SERVED = words(_SERVED)
"""Who uses what the product offers."""
SERVING = words(_SERVING)
"""Who offers something, and is chosen for it."""
STAFF = words(_STAFF)
"""Who works for the house itself; nobody keeps a list of them unless it is said."""
HOUSES = words(_HOUSES)
"""Houses; the one the product is for is no row of it."""
NOUNS = SERVED | SERVING | STAFF
_AGENTS = ("er", "or", "ist", "ian")
_NO_AGENTS = words("""
    order number paper letter weather computer folder calendar newsletter offer dinner water power layer
    flower river corner border chapter filter timer poster counter container trailer scooter sensor
    motor tractor floor door colour color error mirror factor sector monitor list sister brother mother
    father daughter matter buffer register master user character voucher shower locker freezer printer
    scanner charger server browser theatre centre center meter litre parameter cluster semester quarter
    winter summer former latter other another either whether answer behaviour labour harbour neighbour
    honour humour rumour vapour flavour armour tutor_plan
""")
_NO_MEN = frozenset({"german", "ottoman", "shaman", "talisman", "walkman"})


def is_person(noun: str) -> bool:
    """Whether a noun in the singular is known to name people."""
    return noun in NOUNS or (noun.endswith("man") and len(noun) > len("woman") and noun not in _NO_MEN)


def is_staff(role: str) -> bool:
    """Whether a role works for the house itself: the office, a project manager."""
    return role.rpartition(" ")[2] in STAFF


def sounds_like_person(noun: str) -> bool:
    """Whether an unknown noun is built as words for people who do something are: `beekeeper`, `florist`."""
    return len(noun) > len("doer") and noun.endswith(_AGENTS) and noun not in _NO_AGENTS
