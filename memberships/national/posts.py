"""Which roles there are: in every body those of its kind, and as many in practices as are left to make up the number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from django.utils.text import slugify

from memberships.demo.vocabulary import REMITS
from memberships.models import GroupRole
from memberships.national.country import Body, Country
from memberships.national.sheets import SPAN_COLUMNS, Sheet, change_after
from organisations.models import Kind
from roles.models import Pathway, Remit, Role, RoleType

LEADERS: dict[Kind, Sequence[str]] = {
    Kind.PCN: ("cd", "acd", "acd", "pcnm", "vaccine"),
    Kind.LMC: ("lmc-chair", "lmc-vice", "lmc-sec", "lmc-ceo", *["lmc-member"] * 10),
    Kind.FEDERATION: ("fed-chair", "fed-md", "fed-ceo"),
    Kind.PLACE: ("place-dir", "place-lead", "glg-chair", "glg-lead", "glg-lead"),
    Kind.ICB: ("icb-chair", "icb-ceo", "icb-cmo", "icb-cno", "icb-cfo", *["icb-ned"] * 4, "icb-primary", "icb-pcd", "adviser", *["lead"] * 8),
    Kind.TRUST: ("trust-ceo", "trust-md", "trust-gp"),
    Kind.CCG: ("ccg-chair", "ccg-ao", "ccg-cfo", "ccg-nurse", "ccg-doctor", *["ccg-lay"] * 2, *["ccgd"] * 4, *["locality"] * 3),
    Kind.STP: ("stp-lead", "stp-clin"),
    Kind.PCT: ("pct-pec", "pct-md", "pct-ceo"),
}  # fmt: skip
"""By the keys of the demonstration's short lists; one named more than once is several roles."""
IN_PRACTICES = ("partner", "partner", "safeguard")


@dataclass(frozen=True)
class Post:
    """A role: its number, the key of its type, the body in which it stands and from when until when."""

    id: int
    type: str
    body: Body


@dataclass
class Posts:
    """All roles, and those of each body by the key of their type."""

    all: list[Post] = field(default_factory=list)
    of: dict[tuple[int, str], list[Post]] = field(default_factory=dict)
    sheets: Sequence[Sheet] = ()


def post(
    country: Country, types: dict[str, RoleType], pathways: Sequence[Pathway], many: int, chance: Random, source: int
) -> Posts:
    """So many roles; where there are fewer than every body would have, some of them by chance."""
    wanted = list(_leaders(country))
    if len(wanted) > many:
        wanted = [wanted[place] for place in sorted(chance.sample(range(len(wanted)), many))]
    else:
        partners = _in_practices(country) if country.bodies[Kind.PRACTICE] else cycle(wanted)
        wanted += [next(partners) for _ in range(many - len(wanted))]
    roles = Sheet(Role, "slug", "title", "role_type_id", "organisation_id", *SPAN_COLUMNS, "confirmed_on", "source_id")
    remits = Sheet(Remit, "role_id", "summary", "acts_for", "open_to", "pathway_id", *SPAN_COLUMNS, "source_id")
    made, taken = Posts(sheets=(roles, remits)), dict[str, int]()
    for key, body in wanted:
        kind, change = types[key], change_after(body.span.start)
        pathway = chance.choice(pathways) if key == "lead" else None
        title = f"{kind.name}{f' for {pathway.name}' if pathway else ''}, {body.name}"[:290]
        slug = _free(slugify(title)[:180], taken)
        role = roles.add(change, slug, title, kind.pk, body.id, *body.span.columns, body.span.start, source)
        if key in REMITS:
            remits.add(
                change,
                role,
                REMITS[key],
                kind.acts_for,
                kind.open_to,
                pathway and pathway.pk,
                *body.span.columns,
                source,
            )
        made.all.append(Post(role, key, body))
        made.of.setdefault((body.id, key), []).append(made.all[-1])
    return made


def chairs(posts: Posts, groups: dict[int, int], source: int) -> Sheet:
    """Which chairs belong to a group; `groups` gives the leadership group of a place by the place's number."""
    sheet = Sheet(GroupRole, "role_id", "group_id", "source_id")
    for each in posts.all:
        if each.type in ("glg-chair", "glg-lead"):
            sheet.add(change_after(each.body.span.start), each.id, groups[each.body.id], source)
    return sheet


def _leaders(country: Country) -> Iterator[tuple[str, Body]]:
    for kind, keys in LEADERS.items():
        for body in country.bodies[kind]:
            for key in keys:
                yield key, body


def _in_practices(country: Country) -> Iterator[tuple[str, Body]]:
    """Without end: a round through all practices for each role of theirs."""
    for key in cycle(IN_PRACTICES):
        for practice in country.bodies[Kind.PRACTICE]:
            yield key, practice


def _free(slug: str, taken: dict[str, int]) -> str:
    """An address that nothing has yet, made of this one; `taken` counts how often each was asked for."""
    taken[slug] = taken.get(slug, 0) + 1
    return slug if taken[slug] == 1 else _free(f"{slug}-{taken[slug]}", taken)
