"""Which networks a practice is in, for tests of moves and mergers."""

from organisations.models import Link, LinkKind, Organisation
from tests.periods import day


def stands_in(organisation: Organisation, date: str) -> set[Organisation]:
    """The networks of which a practice is a core partner on a day."""
    links = Link.objects.as_at(day(date).date).filter(organisation=organisation, kind=LinkKind.CORE_PARTNER_OF)
    return {link.other for link in links}
