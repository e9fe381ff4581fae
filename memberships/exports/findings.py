"""What does not add up: one row for each finding that the reader may see, worked out by the rules when it is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from ics_leadership.exports import Column, Of, Table
from ics_leadership.periods import Precision
from memberships.rules import RULES, Finding

FINDINGS = Table(
    name="findings",
    title="Findings",
    meaning="One row for each finding of a rule about the day, of those that you may see. A conflict is a fact to be managed.",
    columns=(
        Column("finding", Of.TEXT, "found.finding", "Its rule and all that it rests on: when these facts change, it is another finding.", always=True),
        Column("rule", Of.TEXT, "found.rule", "The rule that found it.", choices={each.code: each.what() for each in RULES}, always=True),
        Column("sentence", Of.TEXT, "found.sentence", "What does not add up, in words.", always=True),
        Column("since_date", Of.DATE, "found.since_date", "Since when it has been so, as exactly as it is known; empty where it is not."),
        Column("since_precision", Of.TEXT, "found.since_precision", "How exactly that day is known.", choices={each.value: str(each.label) for each in Precision}, always=True),
        Column("place_id", Of.INTEGER, "found.place_id", "Number of the organisation in whose area it lies.", always=True),
        Column("place_name", Of.TEXT, "body.name", "What that organisation is called."),
        Column("person_id", Of.INTEGER, "found.person_id", "Number of the person whom it concerns, where it is one."),
        Column("person_ids", Of.TEXT, "found.person_ids", "Numbers of all people whom it concerns; several are joined by “; ”."),
        Column("role_ids", Of.TEXT, "found.role_ids", "Numbers of the roles that it concerns; several are joined by “; ”."),
        Column("group_ids", Of.TEXT, "found.group_ids", "Numbers of the groups that it concerns; several are joined by “; ”."),
        Column("organisation_ids", Of.TEXT, "found.organisation_ids", "Numbers of the organisations that it concerns; several are joined by “; ”."),
        Column("would_settle", Of.TEXT, "found.would_settle", "What would settle it; several are joined by “; ”."),
        Column("managed", Of.TEXT, "found.managed", "How it is managed, where editors wrote that down and its review is not overdue."),
        Column("agreed_by", Of.TEXT, "found.agreed_by", "Who agreed to that."),
        Column("review_on", Of.DATE, "found.review_on", "When that is to be looked at again."),
    ),
    beforehand="""
, found AS (
    SELECT * FROM json_to_recordset(%(worked_out)s::json) AS found (
        number bigint, finding text, rule text, sentence text, since_date date, since_precision text, place_id bigint,
        person_id bigint, person_ids text, role_ids text, group_ids text, organisation_ids text, would_settle text,
        managed text, agreed_by text, review_on date
    )
)
""",
    read_from="""
asked JOIN found ON found.number = asked.id
LEFT JOIN organisations_organisation AS body ON body.id = found.place_id
""",
    people=("unnest(string_to_array(found.person_ids, '; ')::bigint[])",),
)  # fmt: skip


def row(finding: Finding) -> dict[str, Any]:
    """A finding as the table has it, but for the number of its row."""
    people, managed = sorted(finding.people), finding.managed
    since = finding.since.first_day if finding.since else None
    return {
        "finding": f"{finding.code}/{finding.subject}",
        "rule": finding.code,
        "sentence": finding.text,
        "since_date": since.isoformat() if since and since > datetime.date.min else None,
        "since_precision": finding.since.precision if finding.since and since else Precision.UNKNOWN,
        "place_id": finding.place,
        "person_id": people[0] if len(people) == 1 else None,
        "person_ids": _joined(people),
        "role_ids": _joined(sorted(finding.roles)),
        "group_ids": _joined(sorted(finding.groups)),
        "organisation_ids": _joined(sorted(finding.organisations)),
        "would_settle": _joined(way.text for way in finding.ways),
        "managed": managed.how if managed else None,
        "agreed_by": (managed.agreed_by or None) if managed else None,
        "review_on": managed.review_on.isoformat() if managed and managed.review_on else None,
    }


def _joined(values: Iterable[Any]) -> str | None:
    return "; ".join(map(str, values)) or None
