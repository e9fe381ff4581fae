"""Whom to ask, in rows: each pathway with who leads it for the system and, apart from it, for general practice."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from memberships.presenters.holdings import body_name, body_of, names_body
from memberships.presenters.posts import Post, post
from memberships.presenters.sitting import kind_words
from organisations.models import Organisation
from roles.models import Pathway, Role

# The names of more people than this do not tell a reader whom to ask.
MOST_NAMES = 3


@dataclass(frozen=True)
class Lead:
    """A role to turn to, with whoever holds it and the body it belongs to. `many` is how many hold it, where that is a
    body of people rather than somebody to ask."""

    post: Post
    body: str
    body_href: str
    acts_for_words: str
    invented: bool
    many: int


def lead(role: Any, on: datetime.date) -> Lead:
    """A role as `posts.listed` loads it."""
    said = post(role, on, kept=role.is_kept)
    body = body_of(role)
    return Lead(
        post=said,
        body="" if names_body(role) else body_name(role),
        body_href=body.get_absolute_url(),
        acts_for_words=kind_words(said.acts_for),
        invented=body.invented,
        many=len(said.holders) if len(said.holders) > MOST_NAMES else 0,
    )


def leads(roles: Iterable[Role], on: datetime.date) -> list[Lead]:
    return [lead(role, on) for role in roles]


@dataclass(frozen=True)
class PathwayRow:
    """A pathway, with those who lead it for the system and those who lead on it for general practice."""

    name: str
    slug: str
    system: list[Lead]
    practice: list[Lead]


def by_pathway(
    pathways: Iterable[Pathway], system: Sequence[Any], practice: Sequence[Any], on: datetime.date
) -> list[PathwayRow]:
    """A row for every pathway, those that nobody leads included."""
    return [
        PathwayRow(
            pathway.name,
            pathway.slug,
            leads((role for role in system if role.pathway_id == pathway.pk), on),
            leads((role for role in practice if role.pathway_id == pathway.pk), on),
        )
        for pathway in pathways
    ]


def where(organisation: Organisation | None, areas: Sequence[Organisation]) -> str:
    """The area asked about, as a heading says it."""
    if organisation:
        return organisation.short_name or organisation.name
    return "all areas that are kept here" if len(areas) != 1 else areas[0].short_name or areas[0].name
