"""What if they leave: what the page says, to whom, and that it writes nothing."""

import datetime
import random
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ics_leadership.history import Change, change
from ics_leadership.periods import PartialDate
from memberships import rules
from memberships.models import Appointment, Membership
from memberships.what_if import WHY, WhatIf, ask
from organisations.rights import Rights
from tests import factories
from tests.factories import SmallArea
from tests.rules.registers import chances, make, some_days
from tests.strategies import Period

ON = "2027-03-31"


@pytest.fixture
def client_of_editor(area: SmallArea, client: Client) -> Client:
    client.force_login(factories.editor(area.icb))
    return client


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("what-if"), asked).content.decode()


def test_departure_empties_post_and_seat_and_loses_the_quorum(area: SmallArea, client_of_editor: Client):
    both = [area.directors[0], area.chair]
    rights = Rights(factories.editor(area.icb))
    end = PartialDate(datetime.date.fromisoformat(ON))
    answer = ask(WhatIf(both, [], end, end.date), rights)
    assert {each.code for each in answer.outcome.gained} >= {"GL05", "GL07", "GL08"}
    said = page(client_of_editor, person=area.directors[0].person.slug, on=ON)
    assert "falls vacant on 1 April 2027" in said
    assert "No deputy is named" in said
    assert "Networks without a director" in said


def test_question_writes_nothing(area: SmallArea, client_of_editor: Client):
    before = Change.objects.count(), list(Appointment.objects.values("pk", "period"))
    page(client_of_editor, person=area.chair.person.slug, on=ON)
    assert (Change.objects.count(), list(Appointment.objects.values("pk", "period"))) == before


def test_only_what_is_ticked_is_given_up(area: SmallArea, client_of_editor: Client):
    seat = area.memberships[0]
    said = page(client_of_editor, person=seat.person.slug, membership=str(seat.pk), on=ON)
    assert "Seats given up" in said
    assert "Posts vacant" not in said


def test_term_that_is_not_renewed_is_asked_of_the_day_after_its_end(area: SmallArea, client_of_editor: Client):
    held = area.directors[0]
    with change(**factories.IN_TEST):
        Appointment.objects.filter(pk=held.pk).update(period=(held.period.lower, datetime.date(2027, 4, 1)))
    said = page(client_of_editor, appointment=str(held.pk), not_renewed="yes")
    assert "is not renewed after 31 March 2027" in said
    assert "Networks without a director" in said


def test_abolished_post_says_who_leaves_it(area: SmallArea, client_of_editor: Client):
    said = page(client_of_editor, role=area.chair.role.slug, on=ON)
    assert f"{area.chair.person.name} would leave it" in said


def test_terms_without_an_end_are_answered_with_a_sentence(area: SmallArea, client_of_editor: Client):
    asked = {"appointment": str(area.chair.pk), "not_renewed": "yes"}
    assert client_of_editor.get(reverse("what-if"), asked).status_code == 400


def test_readers_and_editors_elsewhere_are_not_told(area: SmallArea, client: Client):
    address = f"{reverse('what-if')}?role={area.chair.role.slug}&on={ON}"
    assert client.get(address).status_code == 302
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
    client.force_login(factories.editor(factories.small_area("Vale").icb))
    assert client.get(address).status_code == 403
    held = client.get(reverse("what-if"), {"person": area.chair.person.slug, "on": ON})
    assert "Posts vacant" not in held.content.decode()


@pytest.mark.django_db
@settings(
    max_examples=10, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(chances, st.data())
def test_what_if_says_what_happens(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        question = some_question(register, data)
        rights = Rights(factories.user(is_superuser=True))
        try:
            outcome = ask(question, rights).outcome
        except ValidationError as refusal:
            with pytest.raises(ValidationError, match=re.escape(str(refusal))), transaction.atomic():
                question.perform(by=rights.account, why=WHY)
        else:
            # Asked of everything: what a question concerns is not to be missed.
            before = rules.find(question.last_day if question.by_itself else question.after)
            question.perform(by=rights.account, why=WHY)
            gained, settled = rules.compare(before, rules.find(question.after))
            said = {each.key for each in outcome.gained}, {each.key for each in outcome.settled}
            happened = {each.key for each in gained}, {each.key for each in settled}
            assert said == happened
        transaction.set_rollback(True)


def some_question(register, data: st.DataObject) -> WhatIf:
    """Somebody gives up all or some of what they hold, or a post is abolished, on some day."""
    day = data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)]))
    if data.draw(st.booleans()):
        role = data.draw(st.sampled_from(register.roles))
        return WhatIf(list(Appointment.objects.filter(role=role)), [], PartialDate(day), day, role)
    person = data.draw(st.sampled_from(register.people))
    held = [row for row in Appointment.objects.filter(person=person) if data.draw(st.booleans())]
    seats = [row for row in Membership.objects.filter(person=person) if data.draw(st.booleans())]
    return WhatIf(held, seats, PartialDate(day), day)
