"""What only some may see of people and money, with words in its place that no page says by itself."""

import zipfile
from io import BytesIO

from django.db.models import F, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.http import HttpResponse

from ics_leadership.history import change
from memberships.models import Appointment, FundingLine, GroupFunding, Interest, MentorOffer, Person, PostOffer
from tests.accounts.neighbourhood import Neighbourhood, neighbourhood
from tests.factories import IN_TEST

AMOUNT = 7654321
SECRETS = {
    "work contact": "hushed-contact",
    "registration number": "hushed-number",
    "note": "hushed-note",
    "evidence": "hushed-evidence",
    "offer": "hushed-offer",
    "interest": "hushed-interest",
    "amount": f"{AMOUNT:,}",
}
SEEN_BY = {
    "anonymous": set(),
    "reader": {"work contact"},
    "analyst": {"work contact", "amount"},
    "editor": set(SECRETS),
    "editor_elsewhere": {"work contact"},
    "linked_person": set(SECRETS),
    "administrator": set(SECRETS),
    "superuser": set(SECRETS),
}
"""What each visitor sees of the chair of the area: of their own entry, when they are the chair."""


def neighbourhood_with_secrets() -> Neighbourhood:
    world = neighbourhood()
    with change(**IN_TEST):
        FundingLine.objects.update(annual_amount=AMOUNT)
        GroupFunding.objects.update(annual_amount=AMOUNT)
        Person.objects.update(
            registration_number=_with_number("hushed-number"),
            work_email=Concat(Value("hushed-contact-"), Cast("pk", CharField()), Value("@example.org")),
            work_telephone=_with_number("hushed-contact"),
            note=_with_number("hushed-note"),
        )
        MentorOffer.objects.update(offer=_with_number("hushed-offer", "person_id"))
        PostOffer.objects.update(note=_with_number("hushed-offer", "person_id"))
        Appointment.objects.update(
            evidence=_with_number("hushed-evidence", "person_id"), note=_with_number("hushed-note", "person_id")
        )
        Interest.objects.update(what=_with_number("hushed-interest", "person_id"))
    return world


def _with_number(word: str, number: str = "pk") -> Concat:
    """The word with the number of the person whom it is about."""
    return Concat(Value(f"{word}-"), Cast(F(number), CharField()), Value("-"))


def words(response: HttpResponse) -> str:
    """All that an answer says, of a workbook what its cells hold."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as workbook:
            return "\n".join(workbook.read(name).decode(errors="replace") for name in workbook.namelist())
    return content.decode(errors="replace")


def seen(page: str, number: int) -> set[str]:
    """The secrets about the person of that number, and the amounts, that a page gives away."""
    found = {what for what, secret in SECRETS.items() if f"{secret}-{number}" in page}
    return found | ({"amount"} if str(AMOUNT) in page or f"{AMOUNT:,}" in page else set())
