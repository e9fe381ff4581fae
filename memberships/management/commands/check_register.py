"""`manage.py check_register`: what does not add up, from the command line. What the rules are is left to `memberships.rules`."""

import datetime
import json
import sys
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ics_leadership import as_at
from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from ics_leadership.words import count_words, day_words
from memberships import rules
from memberships.rules import RULES, Finding
from organisations.filters import area_named
from organisations.models import Organisation

SOMETHING_WAITS, COULD_NOT_ASK = 1, 2
"""The exit statuses other than 0."""


class Command(BaseCommand):
    help = (
        "Say what does not add up in the areas that somebody keeps. Nothing is changed. The exit status is 0 when nothing "
        "waits for anybody, 1 when something does that nobody has written down how it is managed, and 2 when the rules "
        "could not be asked: a day or a code that is none, or an area that nobody keeps on that day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--within", metavar="CODE", help="only inside this organisation: its ODS code, or its name in its address"
        )
        parser.add_argument("--as-at", metavar="DATE", help="as at this day, 2026-11-22; today if left out")
        parser.add_argument("--json", action="store_true", help="as JSON: a list with an object for each finding")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            date = as_at.parse(options["as_at"]) if options["as_at"] else today()
            area = area_named(options["within"], date) if options["within"] else None
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=COULD_NOT_ASK) from None
        kept = Organisation.objects.kept_on(date)
        if not (kept.within(area, date) if area else kept).exists():
            there = f"{area} or anything inside it" if area else "any area"
            sentence = f"Nobody keeps {there} on {day_words(date)}, so nothing was checked."
            raise CommandError(sentence, returncode=COULD_NOT_ASK)
        findings = rules.find(date, [area.pk] if area else None)
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(each) for each in findings], indent=2, ensure_ascii=False))
        else:
            self.stdout.write(_as_text(findings, str(area) if area else "all kept areas", date))
        if any(finding.managed is None for finding in findings):
            sys.exit(SOMETHING_WAITS)


def _as_text(findings: list[Finding], where: str, date: datetime.date) -> str:
    rules_by_code = {rule.code: rule for rule in RULES}
    lines = [f"{count_words(len(findings), 'finding') if findings else 'Nothing found'}, {day_words(date)}: {where}"]
    for code, of_rule in groupby(findings, lambda finding: finding.code):
        lines += ["", f"{code} {rules_by_code[code].what()}"]
        for finding in of_rule:
            lines.append(f"  - {finding.text}")
            if finding.since_words:
                lines.append(f"    Since {finding.since_words}")
            if finding.managed:
                until = (
                    f" (to be reviewed on {day_words(finding.managed.review_on)})" if finding.managed.review_on else ""
                )
                lines.append(f"    Managed{until}: {finding.managed.how}")
            elif finding.ways:
                lines.append(f"    Would settle it: {'; '.join(way.text for way in finding.ways)}")
    return "\n".join(lines)


def _as_json(finding: Finding) -> dict[str, Any]:
    since, managed = finding.since, finding.managed
    return {
        "code": finding.code,
        "subject": finding.subject,
        "as_at": finding.as_at.isoformat(),
        "sentence": finding.text,
        "since": since.date.isoformat() if since and since.date else None,
        "since_precision": since.precision if since else None,
        "would_settle": [way.text for way in finding.ways],
        "people": sorted(finding.people),
        "roles": sorted(finding.roles),
        "groups": sorted(finding.groups),
        "organisations": sorted(finding.organisations),
        "managed": {
            "how": managed.how,
            "agreed_by": managed.agreed_by,
            "review_on": managed.review_on.isoformat() if managed.review_on else None,
        }
        if managed
        else None,
    }
