"""Ideas from very different fields, and the sensible things that are proposed from a paragraph of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from flows.contracts import USER, InterviewEntity
from flows.language.prose import Proposal, propose
from flows.language.sentences import sentences


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A paragraph and what has to be in its proposal."""

    text: str
    people: tuple[str, ...]
    things: dict[str, tuple[str, ...]]
    """Entity → some of its fields."""
    ties: dict[str, str] = field(default_factory=dict)
    """`Entity.relation` → where it leads."""
    moves: tuple[tuple[str, str, str, str], ...] = ()
    """(who, verb, entity, status afterwards)"""


IDEAS = {
    "yoga": Idea(
        text="An app for a yoga studio: members book classes, trainers confirm bookings and see who comes.",
        people=("member", "trainer"),
        things={"Class": ("title", "start"), "Booking": ("status",)},
        ties={"Booking.class": "Class", "Booking.member": USER},
        moves=(("trainer", "confirm", "Booking", "confirmed"),),
    ),
    "school": Idea(
        text="An online school where teachers create courses with lessons, students enroll in courses and "
        "submit "
        "homework, and teachers grade the homework.",
        people=("teacher", "student"),
        things={
            "Course": ("title", "price"),
            "Lesson": ("duration",),
            "Homework": (),
            "Enrolment": ("status",),
        },
        ties={
            "Lesson.course": "Course",
            "Enrolment.course": "Course",
            "Enrolment.student": USER,
            "Homework.student": USER,
        },
    ),
    "housing": Idea(
        text="Landlords list their apartments, tenants report problems, and a caretaker fixes them. Tenants "
        "see "
        "their invoices.",
        people=("landlord", "tenant", "caretaker"),
        things={"Apartment": ("address", "rent"), "Problem": ("priority", "status"), "Invoice": ("amount",)},
        ties={"Apartment.landlord": USER, "Problem.tenant": USER, "Problem.apartment": "Apartment"},
        moves=(("caretaker", "fix", "Problem", "resolved"),),
    ),
    "recipes": Idea(
        text="A recipe box for families: everyone collects recipes with ingredients and steps, rates them "
        "and "
        "plans the meals of the week.",
        people=(),
        things={
            "Recipe": ("photo",),
            "Ingredient": ("quantity",),
            "Step": (),
            "Review": ("stars",),
            "Meal": (),
        },
        ties={"Ingredient.recipe": "Recipe", "Step.recipe": "Recipe", "Review.recipe": "Recipe"},
    ),
    "volunteers": Idea(
        text="Our non-profit organises beach cleanups. Volunteers sign up for events and shifts, "
        "coordinators "
        "approve them, and donors give money to campaigns.",
        people=("volunteer", "coordinator", "donor"),
        things={"Event": ("start",), "Shift": (), "Registration": ("status",), "Donation": ("amount",)},
        ties={"Registration.shift": "Shift", "Donation.campaign": "Campaign", "Donation.donor": USER},
        moves=(("coordinator", "approve", "Registration", "confirmed"),),
    ),
    "clinic": Idea(
        text="A clinic's patients book appointments with doctors. Doctors write prescriptions and note the "
        "diagnosis of each visit. The reception confirms appointments.",
        people=("patient", "doctor", "reception"),
        things={"Appointment": ("date and time",), "Doctor": ("full name",), "Visit": ("diagnosis",)},
        ties={"Appointment.doctor": "Doctor", "Appointment.patient": USER, "Prescription.doctor": "Doctor"},
        moves=(("reception", "confirm", "Appointment", "confirmed"),),
    ),
    "fleet": Idea(
        text="Track the vehicles of our company, who drives them, their repairs and fuel receipts.",
        people=(),
        things={"Vehicle": ("licence plate", "mileage"), "Repair": ("cost",), "Fuel receipt": ("amount",)},
        ties={"Repair.vehicle": "Vehicle", "Fuel receipt.vehicle": "Vehicle"},
    ),
    "jobs": Idea(
        text="A job board where companies post jobs and candidates apply for them with a CV. Recruiters "
        "invite "
        "or reject candidates.",
        people=("company", "candidate", "recruiter"),
        things={"Job": ("salary",), "Application": ("CV", "status")},
        ties={"Job.company": USER, "Application.job": "Job", "Application.candidate": USER},
        moves=(("recruiter", "reject", "Application", "rejected"),),
    ),
    "helpdesk": Idea(
        text="A help desk: customers submit tickets, agents assign and resolve tickets, everybody can "
        "comment.",
        people=("customer", "agent"),
        things={"Ticket": ("priority", "status"), "Comment": ("text",)},
        ties={"Ticket.customer": USER, "Comment.ticket": "Ticket"},
        moves=(("agent", "resolve", "Ticket", "resolved"),),
    ),
    "freelancers": Idea(
        text="Freelancers track the hours they work on projects for clients and send invoices.",
        people=("freelancer",),
        things={"Time entry": ("duration",), "Project": ("budget",), "Client": ("full name",), "Invoice": ()},
        ties={"Time entry.project": "Project", "Project.client": "Client"},
    ),
    "habits": Idea(
        text="A habit tracker. Users log their habits every day and write a journal entry about their mood.",
        people=(),
        things={"Habit": ("frequency",), "Journal entry": ("mood",)},
    ),
    "market": Idea(
        text="A marketplace where local artists sell their paintings and buyers can order them for a price "
        "in "
        "euros. Buyers rate the artists.",
        people=("artist", "buyer"),
        things={
            "Painting": ("price", "photo"),
            "Order": ("status",),
            "Artist": ("biography",),
            "Review": ("stars",),
        },
        ties={
            "Painting.artist": "Artist",
            "Order.painting": "Painting",
            "Order.buyer": USER,
            "Review.artist": "Artist",
        },
    ),
    "library": Idea(
        text="Members borrow books and return them after four weeks. Librarians add books with ISBN, author "
        "and "
        "cover photo.",
        people=("member", "librarian"),
        things={"Book": ("ISBN", "author", "cover"), "Loan": ("due on", "status")},
        ties={"Loan.book": "Book", "Loan.member": USER},
        moves=(("member", "return", "Loan", "returned"),),
    ),
    "rides": Idea(
        text="A platform to organise carpooling between commuters: drivers offer rides and passengers book a "
        "seat.",
        people=("driver", "passenger"),
        things={"Ride": ("departure", "number of seats"), "Booking": ("status",)},
        ties={"Ride.driver": USER, "Booking.ride": "Ride", "Booking.passenger": USER},
    ),
    "expenses": Idea(
        text="Employees submit expenses with a receipt and an amount in EUR, managers approve or reject "
        "them, "
        "and accounting marks them as paid.",
        people=("employee", "manager", "accounting"),
        things={"Expense": ("amount", "receipt", "status")},
        ties={"Expense.employee": USER},
        moves=(("manager", "approve", "Expense", "approved"), ("accounting", "", "Expense", "paid")),
    ),
    "surveys": Idea(
        text="A manager creates a survey with questions, employees answer the questions anonymously.",
        people=("manager", "employee"),
        things={"Survey": ("end date",), "Question": ("text",), "Answer": ("text",)},
        ties={"Question.survey": "Survey", "Answer.question": "Question"},
    ),
    "potholes": Idea(
        text="The town hall lets citizens report potholes with a photo; the road crew closes the report when "
        "it "
        "is fixed.",
        people=("citizen", "road crew"),
        things={"Pothole": ("photo", "priority")},
        ties={"Pothole.citizen": USER},
        moves=(("road crew", "close", "Pothole", "closed"),),
    ),
    "club": Idea(
        text="Chess club: players, tournaments, matches with results and ratings.",
        people=(),
        things={"Player": ("full name",), "Tournament": ("start",), "Match": ("result", "ratings")},
        ties={"Match.tournament": "Tournament"},
    ),
}


def proposal_of(idea: str) -> Proposal:
    return propose(name="Demo", idea=idea, problem="", features=(), people=())


@pytest.mark.parametrize("idea", IDEAS.values(), ids=IDEAS)
def test_an_idea_gives_sensible_things(idea: Idea) -> None:
    proposal = proposal_of(idea.text)
    entities = {entity.name: entity for entity in proposal.entities}
    assert proposal.people == idea.people
    assert proposal.unread == ()
    for name, fields in idea.things.items():
        assert name in entities
        assert set(fields) <= {known.name for known in entities[name].fields}
    led = {
        f"{entity.name}.{relation.name}": relation.entity
        for entity in proposal.entities
        for relation in entity.relations
    }
    assert idea.ties.items() <= led.items()
    moved = {(rule.who[0], rule.verb, rule.entity, rule.to_status) for rule in proposal.rules}
    assert set(idea.moves) <= moved
    assert len(proposal.entities) <= len(idea.things) + 2


@pytest.mark.parametrize("idea", IDEAS.values(), ids=IDEAS)
def test_everything_is_inferred_and_repeats_its_sentence(idea: Idea) -> None:
    proposal = proposal_of(idea.text)
    spoken = {words for _, words in sentences(idea.text)}
    for entity in proposal.entities:
        for item in (entity, *entity.fields, *entity.relations):
            assert item.source == "inferred"
            assert item.because in spoken
    for rule in proposal.rules:
        assert rule.source == "inferred"
        assert rule.because in spoken
    _assert_whole(proposal.entities)


def _assert_whole(entities: tuple[InterviewEntity, ...]) -> None:
    """Relations lead somewhere, and no two parts of an entity have one name."""
    names = {entity.name for entity in entities}
    for entity in entities:
        parts = [known.name for known in entity.fields] + [relation.name for relation in entity.relations]
        assert len(parts) == len(set(parts))
        assert all(relation.entity in names | {USER} for relation in entity.relations)
        assert entity.fields


def test_a_private_record_is_seen_by_whose_it_is_and_by_who_answers_it() -> None:
    rules = proposal_of("Members book courts. Trainers confirm the bookings.").rules
    seen = [(rule.who, rule.own) for rule in rules if rule.actions == ("see",)]
    assert seen == [(("member",), True), (("trainer",), False)]


def test_a_review_is_for_everybody_to_see() -> None:
    rules = proposal_of("Guests review restaurants. Owners list their restaurants.").rules
    assert not [rule for rule in rules if rule.actions == ("see",)]


def test_what_is_seen_only_is_entered_by_the_house() -> None:
    rules = proposal_of("Members see their invoices. The office manages products.").rules
    assert [rule.who for rule in rules if rule.entity == "Invoice" and rule.actions == ("create",)] == [
        ("office",)
    ]


@pytest.mark.parametrize(
    ("idea", "currency"),
    [
        ("Sell products for a price in euros", "EUR"),
        ("Sell products from $5", "USD"),
        ("Sell products in CHF", "CHF"),
        ("Sell products in EUR or USD", None),
    ],
)
def test_the_only_currency_that_is_named_is_used(idea: str, currency: str | None) -> None:
    (product,) = proposal_of(idea).entities
    assert [known.currency for known in product.fields if known.name == "price"] == [currency]


@pytest.mark.parametrize(
    ("idea", "name"),
    [
        ("", "Entry"),
        ("...", "Entry"),
        ("It should be simple and fast.", "Entry"),
        ("Uber for lawnmowers", "Lawnmower"),
        ("Dog walkers", "Dog walker"),
        ("宠物", "Entry"),
    ],
)
def test_a_meagre_text_gives_something_to_begin_with_and_a_question(idea: str, name: str) -> None:
    proposal = proposal_of(idea)
    assert [entity.name for entity in proposal.entities] == [name]
    assert f"it is called {name}" in proposal.unread[0][1].nearest


def test_a_problem_is_read_when_nothing_else_says_what_is_kept() -> None:
    proposal = propose(
        name="Demo", idea="Better.", problem="Customers lose their receipts.", features=(), people=()
    )
    assert [entity.name for entity in proposal.entities] == ["Receipt"]


def test_the_founders_own_people_stand() -> None:
    proposal = propose(
        name="Demo",
        idea="Members book courts with a trainer. The office confirms bookings.",
        problem="",
        features=(),
        people=("members", "office"),
    )
    assert proposal.people == ("members", "office")
    assert {rule.who for rule in proposal.rules} == {("members",), ("office",)}
    assert "Trainer" in {entity.name for entity in proposal.entities}
