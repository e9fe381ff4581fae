"""People: one row for each, with what only some may see for those who may."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Column, Of, Table, confirmed_on, invented, updated_at, where_from, written
from ics_leadership.recorded import SIGNED_IN
from memberships.exports.columns import PERSON_NAME, PROFESSION
from memberships.exports.funding import where_seen

PEOPLE = Table(
    name="people",
    title="People",
    meaning="One row for each person: what they are called, what they are by training, and what they hold on the day.",
    columns=(
        Column("person_id", Of.INTEGER, "person.id", "Number of the person; it is never given to another. Where two entries are found to be one person, the number that goes leads to the one that stays.", always=True),
        Column("slug", Of.TEXT, "person.slug", "The name in their own address: /people/…", always=True),
        Column("name", Of.TEXT, PERSON_NAME, "Name as people say it.", always=True),
        Column("title", Of.TEXT, "nullif(person.title, '')", "How they are addressed."),
        Column("given_names", Of.TEXT, "nullif(person.given_names, '')", "Given names."),
        Column("family_name", Of.TEXT, "person.family_name", "Family name.", always=True),
        PROFESSION,
        Column("gp", Of.BOOLEAN, "nullif(person.profession, '') = 'gp'", "Whether they are a GP; empty where their profession is not recorded."),
        Column("registration_number", Of.TEXT, where_seen(Sight.REGISTRATION_NUMBERS, "person.id", "nullif(person.registration_number, '')"), "Number in the register of their profession, where you may see it.", sight=Sight.REGISTRATION_NUMBERS),
        Column("work_email", Of.TEXT, "nullif(person.work_email, '')", "E-mail address at work.", sight=SIGNED_IN),
        Column("work_telephone", Of.TEXT, "nullif(person.work_telephone, '')", "Telephone at work.", sight=SIGNED_IN),
        Column("note", Of.TEXT, where_seen(Sight.NOTES, "person.id", "nullif(person.note, '')"), "What editors noted, where you may see it.", sight=Sight.NOTES),
        Column("roles", Of.TEXT, "holding.roles", "Roles that they hold on the day; several are joined by “; ”."),
        Column("role_ids", Of.TEXT, "holding.role_ids", "Numbers of those roles; several are joined by “; ”."),
        Column("groups", Of.TEXT, "sitting.groups", "Groups on which they sit on the day; several are joined by “; ”."),
        Column("group_ids", Of.TEXT, "sitting.group_ids", "Numbers of those groups; several are joined by “; ”."),
        Column("skills", Of.TEXT, "able.skills", "Skills that they are recorded to have on the day; several are joined by “; ”."),
        *where_from("person"),
        invented("person"),
        confirmed_on("person"),
        updated_at("person"),
    ),
    beforehand=f"""
, holding AS (
    SELECT held.person_id, string_agg(role.title, '; ' ORDER BY role.title, role.id) AS roles,
        string_agg(role.id::text, '; ' ORDER BY role.title, role.id) AS role_ids
    FROM memberships_appointment AS held JOIN roles_role AS role ON role.id = held.role_id
    WHERE held.person_id IN (SELECT id FROM asked) AND held.period @> %(date)s::date
    GROUP BY held.person_id
), sitting AS (
    SELECT person_id, string_agg(name, '; ' ORDER BY name, id) AS groups,
        string_agg(id::text, '; ' ORDER BY name, id) AS group_ids
    FROM (
        SELECT DISTINCT seated.person_id, grp.id, grp.name
        FROM memberships_membership AS seated
        JOIN memberships_seat AS seat ON seat.id = seated.seat_id
        JOIN memberships_terms AS terms ON terms.id = seat.terms_id
        JOIN memberships_group AS grp ON grp.id = terms.group_id
        WHERE seated.person_id IN (SELECT id FROM asked) AND seated.period @> %(date)s::date
    ) AS seats
    GROUP BY person_id
), able AS (
    SELECT has.person_id, string_agg(skill.name, '; ' ORDER BY skill.name) AS skills
    FROM memberships_personskill AS has JOIN memberships_skill AS skill ON skill.id = has.skill_id
    WHERE has.person_id IN (SELECT id FROM asked) AND has.period @> %(date)s::date
    GROUP BY has.person_id
), {written("memberships_personevent")}
""",
    read_from="""
asked JOIN memberships_person AS person ON person.id = asked.id
LEFT JOIN holding ON holding.person_id = person.id
LEFT JOIN sitting ON sitting.person_id = person.id
LEFT JOIN able ON able.person_id = person.id
LEFT JOIN ics_leadership_source AS source ON source.id = person.source_id
LEFT JOIN written ON written.id = person.id
""",
)  # fmt: skip
