"""What the reader of a page may see and change, worked out from the grants of their account.

`request.rights` is there on every request. What lies within an editor's area is asked of the same query as everywhere
else; whose records those are, and who leads there, is left to `memberships.rights`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from ics_leadership import known
from ics_leadership.accounts.models import Grant, Sight, Standing, Token, User
from ics_leadership.periods import today
from organisations.models import Organisation
from organisations.models.areas import within


class Rights:
    """What one account may see and change today; of nobody (`AnonymousUser`): what everyone may.

    The grants are asked once; they hold today, whatever day a page shows. What the register knew at a past moment is shown as
    everybody sees it, because an area that was recorded wrongly then would open what it should not.
    """

    def __init__(self, account: User | AnonymousUser | None) -> None:
        asked = account if isinstance(account, User) and account.is_active else None
        self.account: User | None = None if known.moment() else asked

    @cached_property
    def _grants(self) -> list[Grant]:
        return list(Grant.objects.as_at(today()).filter(account=self.account)) if self.account else []

    @property
    def is_signed_in(self) -> bool:
        return self.account is not None

    @cached_property
    def is_administrator(self) -> bool:
        """Whether everything may be changed, grants included. The first administrator is made on the command line."""
        if self.account is None:
            return False
        return self.account.is_superuser or any(grant.standing == Standing.ADMINISTRATOR for grant in self._grants)

    @cached_property
    def areas(self) -> list[int]:
        """The ids of the areas that this account edits."""
        return [grant.area_id for grant in self._grants if grant.standing == Standing.EDITOR and grant.area_id]

    @property
    def is_editor(self) -> bool:
        """Whether there is anything at all that this account may change."""
        return self.is_administrator or bool(self.areas)

    @property
    def is_analyst(self) -> bool:
        return any(grant.standing == Standing.ANALYST for grant in self._grants)

    def inside(self, date: datetime.date | None = None) -> RawSQL:
        """Ids of the organisations within the areas edited, today or on another day, for use after `__in`."""
        return within(self.areas, date or today())

    def may_edit_organisation(self, organisation: Organisation) -> bool:
        """Whether an organisation lies within an area edited: today; of one that has closed or is yet to open, on its last
        or first day.
        """
        return bool(self.edited([organisation]))

    def edited(self, organisations: Iterable[Organisation]) -> set[int]:
        """The ids of those of `organisations` of which `may_edit_organisation` says so. Asks one query for each day as at
        which it looks: one for all that are open.
        """
        if self.is_administrator:
            return {each.pk for each in organisations}
        return _lying_in(self.areas, organisations) if self.areas else set()

    def sees(self, what: Sight, organisation: Organisation) -> bool:
        """Whether facts of that sort about an organisation and its people may be seen: by its editors, and by
        analysts to whom just that was granted, everywhere or for an area in which it lies.
        """
        if self.may_edit_organisation(organisation):
            return True
        areas: list[int] = []
        for grant in self._grants:
            if grant.standing == Standing.ANALYST and what in grant.sees:
                if grant.area_id is None:
                    return True
                areas.append(grant.area_id)
        return bool(areas) and bool(_lying_in(areas, [organisation]))

    def sights(self) -> list[Sight]:
        """The sorts of private facts that may be seen somewhere."""
        return [each for each in Sight if self.areas_seen(each) != []]

    def are_for(self, what: Sight) -> bool:
        """Whether facts of that sort may be seen at all, those of one's own entry included."""
        return self.is_signed_in

    def behind(self, what: Sight) -> Rights:
        """The rights that say whose facts of that sort may be seen: these, and of a token made for such facts its person's."""
        return self

    def areas_seen(self, what: Sight) -> list[int] | None:
        """The ids of the areas in which facts of that sort may be seen; None: everywhere."""
        granted = [grant for grant in self._grants if grant.standing == Standing.ANALYST and what in grant.sees]
        if self.is_administrator or any(grant.area_id is None for grant in granted):
            return None
        return [*self.areas, *(grant.area_id for grant in granted if grant.area_id)]


class TokenRights(Rights):
    """What a token may see: what its person may see today, of private facts no others than those it was made for. It changes
    nothing.
    """

    def __init__(self, token: Token) -> None:
        super().__init__(token.user)
        self._whole = Rights(token.user)
        self._seen = frozenset(token.sees)

    is_administrator = False
    areas: list[int] = []

    def are_for(self, what: Sight) -> bool:
        return what in self._seen

    def sees(self, what: Sight, organisation: Organisation) -> bool:
        return what in self._seen and self._whole.sees(what, organisation)

    def behind(self, what: Sight) -> Rights:
        return self._whole if what in self._seen else self

    def areas_seen(self, what: Sight) -> list[int] | None:
        return self._whole.areas_seen(what) if what in self._seen else []


def _lying_in(areas: list[int], organisations: Iterable[Organisation]) -> set[int]:
    """The ids of the organisations that lie within some areas, each as at today or the nearest day on which it is open."""
    as_at: dict[datetime.date, set[int]] = {}
    for each in organisations:
        date = min(today(), each.end_date or today())
        as_at.setdefault(max(date, each.start_date or date), set()).add(each.pk)
    return {
        pk
        for date, ids in as_at.items()
        for pk in Organisation.objects.filter(Q(pk__in=within(areas, date)), pk__in=ids).values_list("pk", flat=True)
    }


class RightsMiddleware:
    """Sets `request.rights`, asked for only when somebody looks: by then the API knows whether there is a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.rights = SimpleLazyObject(lambda: _rights(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _rights(request: HttpRequest) -> Rights:
    token = getattr(request, "auth", None)
    return TokenRights(token) if isinstance(token, Token) else Rights(request.user)
