"""Erasing a person: everything that says who they were goes, from the register and from its history, for good.

Data protection law may ask for it. It is no withdrawal: nothing is left to restore. What stays is a number and a day for each row
that went, so that copies can follow and addresses can say what became of them. What is erased and why is decided in docs/adr/0027.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast, Concat

from ics_leadership.accounts.actions import close_account
from ics_leadership.accounts.models import CalendarAddress, Token, TokenUse, User
from ics_leadership.erasing import Rows, erase, erase_alone, going_with, guards_lifted
from ics_leadership.history import Change, change, event_model
from ics_leadership.names_in_texts import is_named_in, replace_in_texts
from ics_leadership.periods import today
from memberships.actions.snapshots import erase_from_snapshots
from memberships.models import (
    ErasedRow,
    ImportedRow,
    ManagedFinding,
    MergedPerson,
    Message,
    Person,
    PersonAccount,
    SpreadsheetImport,
)
from memberships.tombstones import address_hash

ERASED_ACCOUNT = "An account that was erased"
LEAST_LETTERS = 5
"""A name or number that is shorter is not looked for in texts: too much else is written like it."""

LEFT = (
    # Those who share a name or a telephone with somebody erased are somebody else.
    *(
        f"{table}.{column}"
        for table in ("memberships_person", "memberships_personevent")
        for column in ("given_names", "family_name", "registration_number", "work_email", "work_telephone")
    ),
    "accounts_user",
    "account_emailaddress",
    # What the NHS publishes of practices, which may be called after a doctor.
    "organisations_organisation",
    "organisations_organisationevent",
    "organisations_publishedregistration",
)
"""Texts that are left: what other people are called, and organisations."""


@dataclass(frozen=True)
class Known:
    """What the register ever called somebody, and how they could be reached."""

    names: Collection[tuple[str, str]]
    """Given names and family name."""
    slugs: Mapping[int, str]
    """By the number of the entry: theirs, and of those that were merged into it."""
    contacts: Collection[str]

    @property
    def called(self) -> list[str]:
        """Names in full, in the orders and lengths in which people write them. A family name alone may be anybody's."""
        found = set()
        for given, family in self.names:
            if given and family:
                first = given.split()[0]
                found |= {f"{given} {family}", f"{first} {family}", f"{family}, {given}", f"{family}, {first}"}
        return sorted(found)

    @property
    def looked_for(self) -> list[str]:
        """Everything that is looked for in texts, the longest first."""
        found = {*self.called, *self.contacts, *(slug for slug in self.slugs.values() if "-" in slug)}
        return sorted((each for each in found if len(each) >= LEAST_LETTERS), key=lambda each: (-len(each), each))


@dataclass(frozen=True)
class Erased:
    """What an erasure took, by how many: rows of the register by their table, and what lay beside it."""

    rows: Mapping[type[Model], int]
    loosened: int
    texts: int
    messages: int
    imported: int
    snapshots: int
    accounts: int


def erase_person(*, by: User | None, why: str, person_id: int) -> Erased:
    """Erase the person with that number, whether their entry is there or was withdrawn, and all that rests on it.

    Raises ValidationError where there never was such a person, where the reason names them, and for one's own entry.
    """
    known = known_of(person_id)
    if is_named_in(why, known.looked_for):
        raise ValidationError(
            "The reason stays, and may not name whom it is about. Say it in other words.", code="named"
        )
    with change(by=by, why=why) as this:
        erase_alone()
        # Asked again: somebody may have written meanwhile, and can no longer.
        Person.objects.select_for_update().filter(pk__in=known.slugs).order_by("pk").first()
        known = known_of(person_id)
        accounts = [link.account for link in PersonAccount.objects.filter(person=person_id).select_related("account")]
        if by in accounts:
            raise ValidationError("This is your own entry. Let another administrator erase it.", code="own")
        snapshots = erase_from_snapshots(person_id, _borne_alone(known), _beginnings(known), _told_alone(known))
        going = going_with(Person, set(known.slugs))
        going |= _findings_about(going)
        _leave_tombstones(this, going, known)
        loosened = erase(going)
        messages, imported = _erase_messages(known), _erase_imported(known)
        for account in accounts:
            _erase_account(account, by=by, why=why)
        TokenUse.objects.filter(
            Q(*(Q(path__icontains=slug) for slug in known.slugs.values()), _connector=Q.OR)
        ).delete()
        looked_for = [*known.looked_for, *(each for account in accounts for each in _account_names(account))]
        with guards_lifted():
            texts = sum(replace_in_texts(looked_for, leave=LEFT).values())
        # What is remembered of answers may name them.
        transaction.on_commit(cache.clear)
        return Erased(
            rows={model: len(ids) for model, ids in going.items()},
            loosened=loosened,
            texts=texts,
            messages=messages,
            imported=imported,
            snapshots=snapshots,
            accounts=len(accounts),
        )


def known_of(person_id: int) -> Known:
    """All that the register and its history ever called somebody. Raises ValidationError where there never was such a person."""
    if MergedPerson.objects.filter(former_id=person_id).exists():
        raise ValidationError(
            "This entry was merged into another. Erase that one, and this goes with it.", code="merged"
        )
    ids = {person_id, *_merged_into(person_id)}
    events = event_model(Person)._default_manager.filter(id__in=ids).order_by("pgh_id")
    rows = list(
        events.values_list(
            "id", "slug", "given_names", "family_name", "registration_number", "work_email", "work_telephone"
        )
    )
    if not any(pk == person_id for pk, *_ in rows):
        raise ValidationError("The register has no such person, or they were erased already.", code="nobody")
    shared = Person.objects.exclude(pk__in=ids)
    contacts = {each for *_, number, email, telephone in rows for each in (number, email, telephone) if each}
    of_others = {
        value
        for name in ("registration_number", "work_email", "work_telephone")
        for value in shared.filter(**{f"{name}__in": contacts}).values_list(name, flat=True)
    }
    return Known(
        names={(given, family) for _, _, given, family, *_ in rows},
        slugs={pk: slug for pk, slug, *_ in rows},
        contacts=contacts - of_others,
    )


def _merged_into(person_id: int) -> set[int]:
    """The numbers of entries that were merged into one; of one that was withdrawn, those that went with it."""
    if Person.objects.filter(pk=person_id).exists():
        return set(MergedPerson.objects.filter(survivor=person_id).values_list("former_id", flat=True))
    merged = event_model(MergedPerson)._default_manager.filter(survivor=person_id)
    former = set(merged.values_list("former_id", flat=True))
    return former - set(Person.objects.filter(pk__in=former).values_list("pk", flat=True))


def namesakes(known: Known) -> int:
    """How many others bear one of somebody's names: texts about them are not told from texts about whom is erased."""
    others = Person.objects.exclude(pk__in=known.slugs)
    same = Q(*(Q(given_names=given, family_name=family) for given, family in known.names), _connector=Q.OR)
    return others.filter(same).count()


def _borne_alone(known: Known) -> set[str]:
    """Their family names that nobody else in the register bears: such a name alone says who it is."""
    families = {family for _, family in known.names}
    others = Person.objects.exclude(pk__in=known.slugs)
    return {each for each in families if not others.filter(family_name__iexact=each).exists()}


def _beginnings(known: Known) -> set[str]:
    """What the words of their family names begin with, and no word of anybody else's does: whoever asks for such a part of a name
    asks for them.
    """
    words = {word for _, family in known.names for word in _words(family)}
    families = Person.objects.exclude(pk__in=known.slugs).order_by().values_list("family_name", flat=True)
    others = {
        word[:end] for family in families for word in _words(family) for end in range(LEAST_LETTERS, len(word) + 1)
    }
    return {word[:end] for word in words for end in range(LEAST_LETTERS, len(word) + 1)} - others


def _told_alone(known: Known) -> set[str]:
    """What is looked for in texts, but for names in full that somebody else bears, too."""
    families = {family for _, family in known.names}
    alike = Q(*(Q(family_name__iexact=each) for each in families), _connector=Q.OR)
    others = Person.objects.exclude(pk__in=known.slugs).filter(alike).values_list("given_names", "family_name")
    theirs = {each.casefold() for each in Known(list(others), {}, ()).called}
    return {each for each in known.looked_for if each.casefold() not in theirs}


def _words(name: str) -> list[str]:
    """The words of a name, without accents and capitals."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return re.findall(r"\w+", plain.casefold())


def _findings_about(going: Rows) -> dict[type[Model], set[int]]:
    """What editors wrote down about findings that rest on one of the rows."""
    nouns = {str(model._meta.model_name): ids for model, ids in going.items()}
    about = {
        pk
        for pk, subject in event_model(ManagedFinding)._default_manager.values_list("id", "subject")
        if any(int(number) in nouns.get(noun, ()) for noun, number in re.findall(r"(\w+):(\d+)", subject))
    }
    return {ManagedFinding: about} if about else {}


def _leave_tombstones(this: Change, going: Rows, known: Known) -> None:
    """Keep of each row its number and the day, at a place among the events of its table."""
    for model, ids in going.items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, nextval(pg_get_serial_sequence(%s, 'pgh_id')) FROM unnest(%s::bigint[]) AS each (id) ORDER BY id",
                [event_model(model)._meta.db_table, sorted(ids)],
            )
            places = cursor.fetchall()
        ErasedRow.objects.bulk_create(
            ErasedRow(
                table=model._meta.label_lower,
                row_id=pk,
                place=place,
                change=this,
                erased_on=today(),
                address=address_hash(known.slugs[pk]) if model is Person else "",
            )
            for pk, place in places
        )


def _erase_messages(known: Known) -> int:
    """Delete what readers wrote about their page."""
    pages = Q(*(Q(page__regex=rf"/people/{slug}([/?#]|$)") for slug in known.slugs.values()), _connector=Q.OR)
    count, _ = Message.objects.filter(pages | Q(about__in=known.called)).delete()
    return count


def _erase_imported(known: Known) -> int:
    """Delete rows of spreadsheets in which both their names stand, and the sheets that had any or were never read."""
    said = [Cast(name, TextField()) for name in ("cells", "reading", "problems", "judgement", "decision")]
    rows = ImportedRow.objects.alias(said=Concat(*said, output_field=TextField()))
    same = [Q(said__icontains=given) & Q(said__icontains=family) for given, family in known.names if given]
    same += [Q(said__icontains=each) for each in known.contacts]
    same += [Q(said__icontains=family) for given, family in known.names if not given]
    found = rows.filter(Q(*same, _connector=Q.OR))
    sheets = SpreadsheetImport.objects.exclude(content=b"")
    sheets.filter(Q(pk__in=found.values("of")) | Q(rows=None)).update(content=b"")
    count, _ = found.delete()
    return count


def _erase_account(account: User, *, by: User | None, why: str) -> None:
    """Close an account, and let nothing of it say whose it was: its number stays beside what it changed."""
    close_account(by=by, why=why, account=account)
    for rows in _of_account(account):
        rows.delete()  # type: ignore[attr-defined]
    Message.objects.filter(sender=account).update(address="")
    User.objects.filter(pk=account.pk).update(
        email=f"erased-{account.pk}@erased.invalid", name=ERASED_ACCOUNT, password="", last_login=None
    )


def _of_account(account: User) -> Iterable[object]:
    sessions = UserSession.objects.filter(user=account)
    yield Session.objects.filter(session_key__in=sessions.values("session_key"))
    yield sessions
    for model in (EmailAddress, Authenticator, SocialAccount, Token):
        yield model._default_manager.filter(user=account)
    yield CalendarAddress.objects.filter(account=account)


def _account_names(account: User) -> list[str]:
    return [each for each in (account.email, account.name) if len(each) >= LEAST_LETTERS and re.search(r"\W", each)]
