"""Messages to the keeper: about which page, to whom, how often, what becomes of them, and when they are forgotten."""

import datetime
import smtplib
import uuid
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as CacheAway

from ics_leadership.accounts.models import Standing
from memberships import message_tasks, messages
from memberships.actions.messages import answer_message, tell_keeper
from memberships.models import Message
from organisations import actions as organisations
from organisations.rights import Rights
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.pages.reading import words
from tests.periods import day

pytestmark = pytest.mark.django_db

TELL = "/tell-the-keeper"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def administrator():
    account = factories.user(name="Ada Ministrator")
    factories.grant(account, Standing.ADMINISTRATOR)
    return account


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def send(client: Client, page: str, **facts: str):
    return client.post(TELL, {"page": page, "text": "She left in May.", "token": uuid.uuid4(), **facts})


def told(page: str = "/", **facts) -> Message:
    return tell_keeper(about=messages.about(page), text="She left in May.", token=uuid.uuid4(), **facts)


# --- what it is about, and whom it reaches


def test_every_page_offers_to_tell_the_keeper_about_itself(area: SmallArea, client: Client):
    page = f"{area.group.get_absolute_url()}?as_at=2024-01-31"
    assert f'href="{TELL}?page=/groups/' in client.get(page).content.decode().replace("%2F", "/")
    assert TELL in client.get("/there-is-nothing-here").content.decode()


def test_message_says_the_page_and_the_day_it_was_sent_from(area: SmallArea, client: Client):
    address = f"{area.group.get_absolute_url()}?as_at=2024-01-31"
    assert "31 January 2024" in words(client.get(TELL, {"page": address}))
    send(client, address)
    sent = Message.objects.get()
    assert (sent.page, sent.as_at, sent.about) == (address, datetime.date(2024, 1, 31), area.group.name)


@pytest.mark.parametrize("what", ["organisation", "group", "role", "person"])
def test_message_about_a_record_reaches_the_editors_of_its_area(area: SmallArea, what: str):
    director = area.directors[0]
    record = {
        "organisation": area.practices[0],
        "group": area.group,
        "role": director.role,
        "person": director.person,
    }[what]
    about = messages.about(record.get_absolute_url())
    assert about.kept.area == area.icb
    assert about.words == str(record)


def test_message_about_a_list_of_an_area_reaches_its_editors(area: SmallArea):
    about = messages.about(f"/groups?within={area.place.slug}")
    assert (about.words, about.kept.area) == ("Groups", area.icb)


@pytest.mark.parametrize(
    "page", ["/", "/people", "/search?q=x", "/groups/no-such-group", "/nowhere", "/people?as_at=no"]
)
def test_message_about_no_area_is_for_administrators(area: SmallArea, page: str, administrator):
    message = told(page)
    assert message.area is None
    assert message in messages.reaching(Rights(administrator))
    assert message not in messages.reaching(Rights(factories.editor(area.icb)))


def test_message_reaches_the_nearest_of_several_kept_areas(area: SmallArea):
    factories.keep_area(area.place, area.lmc)
    assert messages.nearest_kept_area(area.practices[0]).area == area.place
    assert messages.nearest_kept_area(area.icb).area == area.icb


def test_editors_of_a_wider_area_have_what_reaches_one_within_it(area: SmallArea):
    factories.keep_area(area.place, area.lmc)
    message = told(area.practices[0].get_absolute_url())
    assert message in messages.reaching(Rights(factories.editor(area.icb)))


def test_message_about_a_closed_practice_reaches_the_editors_of_where_it_lay(area: SmallArea):
    organisations.close_organisation(organisation=area.practices[0], end=day("2024-03-31"), **IN_TEST)
    assert messages.about(area.practices[0].get_absolute_url()).kept.area == area.icb


def test_message_about_somebody_of_two_areas_reaches_where_they_lead_now(area: SmallArea):
    other = factories.small_area("Ely")
    person = area.directors[0].person
    factories.appointment(person, other.chair.role, period=(day("2010-01-01"), day("2012-01-01")))
    assert messages.about(person.get_absolute_url()).kept.area == area.icb


@pytest.mark.parametrize(
    "page",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:x", "people", "/\n"],
)
def test_page_of_another_site_is_refused(client: Client, page: str):
    assert client.get(TELL, {"page": page}).status_code == 400
    assert send(client, page).status_code == 400
    assert not Message.objects.exists()


def test_page_is_taken_as_its_filters_last_left_it(area: SmallArea, client: Client):
    client.post(
        TELL,
        {"page": "/groups", "text": "A group is missing."},
        headers={"referer": "http://testserver/groups?q=place"},
    )
    assert Message.objects.get().page == "/groups?q=place"


# --- writing one


def test_message_needs_words(client: Client):
    answer = send(client, "/people", text="  ")
    assert "Write what is wrong, or what is missing." in words(answer)
    assert not Message.objects.exists()


def test_message_with_half_an_address_keeps_its_words(client: Client):
    answer = send(client, "/people", address="sam at example")
    assert "Write the address like name@example.org" in words(answer)
    assert "She left in May." in answer.content.decode()


def test_sender_who_is_signed_in_is_known_by_their_account(client: Client):
    account = factories.user()
    send(signed_in(account), "/people", address="somebody-else@example.org")
    sent = Message.objects.get()
    assert (sent.sender, sent.address) == (account, "")


def test_form_that_is_sent_twice_is_one_message(client: Client):
    token = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, "/people", token=token).status_code == 302
    assert Message.objects.count() == 1


def test_form_with_a_token_that_is_none_is_sent_all_the_same(client: Client):
    assert send(client, "/people", token="first").status_code == 302
    assert Message.objects.count() == 1


def test_too_many_messages_from_one_address_are_refused_in_words(client: Client):
    answers = [send(client, "/people") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Your message has not been sent" in words(answers[-1])
    assert "She left in May." in answers[-1].content.decode(), "what was written is not lost"
    assert Message.objects.count() == 10


def test_accounts_are_counted_apart_from_the_address_they_share(client: Client):
    for _ in range(10):
        send(client, "/people")
    assert send(signed_in(factories.user()), "/people").status_code == 302


def test_messages_are_taken_while_nothing_can_be_counted(client: Client, monkeypatch: pytest.MonkeyPatch):
    def away(*_: object, **__: object) -> None:
        raise CacheAway

    for way in ("add", "get", "get_or_set"):
        monkeypatch.setattr(cache, way, away)
    assert client.get(TELL, {"page": "/people"}).status_code == 200
    assert send(client, "/people").status_code == 302
    assert Message.objects.count() == 1


# --- answering


@pytest.fixture
def editor(area: SmallArea):
    return factories.editor(area.icb)


@pytest.fixture
def message(area: SmallArea) -> Message:
    return told(area.group.get_absolute_url(), address="reader@example.org")


def test_editor_answers_and_the_sender_is_told(editor, message: Message, django_capture_on_commit_callbacks: Callable):
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(editor).post(f"/messages/{message.pk}", {"answer": "She is gone from the list now."})
    assert answer.status_code == 302
    message.refresh_from_db()
    assert (message.answer, message.answered_by) == ("She is gone from the list now.", editor)
    (letter,) = mail.outbox
    assert letter.to == ["reader@example.org"]
    assert message.about in letter.subject
    assert "She is gone from the list now." in letter.body
    assert "She left in May." in letter.body


def test_sender_who_is_signed_in_is_told_at_their_account_and_on_their_page(
    area: SmallArea, editor, django_capture_on_commit_callbacks: Callable
):
    sender = factories.user(email="reader@example.org")
    message = told(area.group.get_absolute_url(), sender=sender)
    with django_capture_on_commit_callbacks(execute=True):
        answer_message(message=message, by=editor, answer="She is gone.")
    assert [letter.to for letter in mail.outbox] == [["reader@example.org"]]
    assert "She is gone." in words(signed_in(sender).get("/my-messages"))
    assert "She is gone." not in words(signed_in(factories.user()).get("/my-messages"))


def test_nobody_is_told_who_left_no_address(area: SmallArea, editor, django_capture_on_commit_callbacks: Callable):
    with django_capture_on_commit_callbacks(execute=True):
        answer_message(message=told(area.group.get_absolute_url()), by=editor, answer="She is gone.")
    assert mail.outbox == []


def test_address_of_somebody_who_was_not_asked_is_forgotten_unwritten(
    editor, message: Message, django_capture_on_commit_callbacks: Callable
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(editor).post(f"/messages/{message.pk}", {"answer": "Advertising.", "keep_quiet": "on"})
    message.refresh_from_db()
    assert (message.answer, message.address, mail.outbox) == ("Advertising.", "", [])


def test_second_editor_is_told_that_somebody_answered_already(area: SmallArea, editor, message: Message):
    answer_message(message=message, by=editor, answer="She is gone.")
    other = signed_in(factories.editor(area.icb))
    seen = words(other.post(f"/messages/{message.pk}", {"answer": "She is still there."}))
    assert f"{editor} answered this message" in seen
    assert "She is gone." in seen
    assert "She is still there." in seen, "and loses nothing of what they wrote"
    message.refresh_from_db()
    assert message.answered_by == editor


def test_answer_that_is_sent_twice_is_one_answer(editor, message: Message):
    client = signed_in(editor)
    for _ in range(2):
        assert client.post(f"/messages/{message.pk}", {"answer": "She is gone."}).status_code == 302


def test_answer_needs_words(editor, message: Message):
    answer = signed_in(editor).post(f"/messages/{message.pk}", {"answer": ""})
    assert "Say what became of it." in words(answer)
    with pytest.raises(ValidationError):
        answer_message(message=message, by=editor, answer="")


def test_letter_goes_out_once(editor, message: Message, django_capture_on_commit_callbacks: Callable):
    with django_capture_on_commit_callbacks(execute=True):
        answer_message(message=message, by=editor, answer="She is gone.")
    message_tasks.tell_sender(message.pk)
    assert len(mail.outbox) == 1


def test_letter_that_could_not_be_sent_is_sent_later(editor, message: Message, monkeypatch: pytest.MonkeyPatch):
    """No queue, no mail server: the answer stands, and its letter goes out when they are back."""
    answer_message(message=message, by=editor, answer="She is gone.")
    Message.objects.update(answered_at=timezone.now() - 2 * message_tasks.A_WHILE)
    sent = message_tasks.send_mail
    monkeypatch.setattr(message_tasks, "send_mail", lambda *_: (_ for _ in ()).throw(smtplib.SMTPServerDisconnected()))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        message_tasks.tell_sender.run(message.pk)
    assert Message.objects.get().told_at is None
    monkeypatch.setattr(message_tasks, "send_mail", sent)
    message_tasks.tell_senders_missed()
    assert len(mail.outbox) == 1


# --- who may read them


def test_message_is_open_to_the_editors_of_its_area_alone(area: SmallArea, editor, administrator, message: Message):
    elsewhere = factories.editor(factories.small_area("Ely").icb)
    address = f"/messages/{message.pk}"
    seen = {
        "stranger": Client().get(address).status_code,
        "reader": signed_in(factories.user()).get(address).status_code,
        "elsewhere": signed_in(elsewhere).get(address).status_code,
        "editor": signed_in(editor).get(address).status_code,
        "administrator": signed_in(administrator).get(address).status_code,
    }
    assert seen == {"stranger": 302, "reader": 403, "elsewhere": 404, "editor": 200, "administrator": 200}
    assert signed_in(elsewhere).post(address, {"answer": "Mine."}).status_code == 404
    assert message.about not in words(signed_in(elsewhere).get("/messages"))


def test_editor_sees_the_page_as_its_sender_saw_it(area: SmallArea, editor):
    message = told(f"{area.group.get_absolute_url()}?as_at=2024-01-31")
    assert "?as_at=2024-01-31" in signed_in(editor).get(f"/messages/{message.pk}").content.decode()


def test_page_of_another_day_is_linked_as_it_stood_then(area: SmallArea, editor):
    message = told(area.group.get_absolute_url())
    Message.objects.update(as_at="2026-03-01")
    assert "?as_at=2026-03-01" in signed_in(editor).get(f"/messages/{message.pk}").content.decode()


def test_answered_messages_are_listed_apart(area: SmallArea, editor, message: Message):
    answer_message(message=message, by=editor, answer="She is gone.")
    told(area.place.get_absolute_url())
    seen = words(signed_in(editor).get("/messages"))
    assert "Waiting for an answer 1" in seen
    assert "Answered 1" in seen


def test_message_is_shown_as_it_was_written_and_nothing_more(area: SmallArea, editor):
    message = tell_keeper(
        about=messages.about(area.group.get_absolute_url()), text="<script>alert(1)</script>", token=uuid.uuid4()
    )
    page = signed_in(editor).get(f"/messages/{message.pk}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# --- forgetting


def test_messages_are_forgotten_some_time_after_their_answer(area: SmallArea, editor, settings):
    settings.MESSAGES_KEPT_DAYS = 30
    old, recent, unanswered = (told(area.group.get_absolute_url()) for _ in range(3))
    for message in (old, recent):
        answer_message(message=message, by=editor, answer="She is gone.")
    long_ago = timezone.now() - datetime.timedelta(days=31)
    Message.objects.filter(pk=old.pk).update(answered_at=long_ago)
    Message.objects.filter(pk=unanswered.pk).update(sent_at=long_ago)
    message_tasks.forget_answered_messages()
    assert set(Message.objects.all()) == {recent, unanswered}


def test_scheduler_names_tasks_that_the_worker_has(settings):
    from ics_leadership.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_lists_of_messages_ask_as_many_queries_however_many_there_are(area: SmallArea, editor):
    client = signed_in(editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/messages")
        return len(captured)

    for _ in range(2):
        told(area.group.get_absolute_url())
        few = queries()
    for _ in range(60):
        told(area.group.get_absolute_url())
    assert queries() == few
