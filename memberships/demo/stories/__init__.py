"""The stories of the invented system, each a list of what was recorded when. `LOG` is all of them in order of recording."""

from memberships.demo.stories import (
    advisers,
    afterwards,
    area,
    boards,
    commissioning_groups,
    committees,
    directors,
    east_tarrow,
    localities,
    marlshire,
    medical_lead,
    merger,
    places,
    published,
    sign_off,
    system,
    terms_anew,
    wexmoor,
    yearly_checks,
)

LOG = sorted(
    (
        *area.LOG,
        *medical_lead.LOG,
        *commissioning_groups.LOG,
        *committees.LOG,
        *directors.LOG,
        *localities.LOG,
        *advisers.LOG,
        *system.LOG,
        *boards.LOG,
        *places.LOG,
        *marlshire.LOG,
        *wexmoor.LOG,
        *east_tarrow.LOG,
        *terms_anew.LOG,
        *merger.LOG,
        *afterwards.LOG,
        *published.LOG,
        *sign_off.LOG,
        *yearly_checks.LOG,
    ),
    key=lambda change: change.on,
)
"""In order of recording; what was recorded on one day, in the order of the stories above."""
