"""The entries of the log: each reads what one line or table of it says, and enters that through the register's actions.

A story is a list of `Recorded` changes; its entries are what the functions of this package return.
"""

from memberships.demo.entries.change import Entry, Recorded, recorded
from memberships.demo.entries.groups import (
    adopts,
    corrects_seat,
    deputises,
    forms,
    funds,
    group_remit,
    influences,
    reports,
    sits,
    stands_down,
)
from memberships.demo.entries.managed import manages
from memberships.demo.entries.organisations import (
    closes,
    ends,
    founds,
    imports,
    keeps,
    links,
    networks_begin,
    practices_stood_in,
    renames,
    stops_keeping,
    succeeds,
)
from memberships.demo.entries.people import corrects, holds, is_called, learnt, leaves, offers, would_take_on
from memberships.demo.entries.roles import ends_role, lists, needs, opens, remit
from memberships.demo.entries.sign_off import answers, declares, proposes
from memberships.demo.entries.winding_up import winds_up
from memberships.demo.entries.yearly_check import checks_who_is_still_there, confirms_what_is_still_true

__all__ = [
    "Entry",
    "Recorded",
    "adopts",
    "answers",
    "checks_who_is_still_there",
    "closes",
    "confirms_what_is_still_true",
    "corrects",
    "corrects_seat",
    "declares",
    "deputises",
    "ends",
    "ends_role",
    "forms",
    "founds",
    "funds",
    "group_remit",
    "holds",
    "imports",
    "influences",
    "is_called",
    "keeps",
    "learnt",
    "leaves",
    "links",
    "lists",
    "manages",
    "needs",
    "networks_begin",
    "offers",
    "opens",
    "practices_stood_in",
    "proposes",
    "recorded",
    "remit",
    "renames",
    "reports",
    "sits",
    "stands_down",
    "stops_keeping",
    "succeeds",
    "winds_up",
    "would_take_on",
]
