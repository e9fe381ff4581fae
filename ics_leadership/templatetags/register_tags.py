"""Tags and filters of the register's templates: components, fields, words for dates, links that keep the day, pictures.

The words themselves are made in `words.py`, the components in `nhsuk.py`, geometry in `pictures.py`.
"""

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString

from ics_leadership import fields, nhsuk, words
from ics_leadership.as_at import AsAt
from ics_leadership.filter_panel import FilterPanel
from ics_leadership.periods import Dated, today

register = template.Library()


def _day_shown(context: Context) -> AsAt:
    return context.get("as_at") or AsAt(today())


@register.simple_tag(name="nhsuk")
def nhsuk_component(component: str, parameters: dict[str, Any] | None = None, **arguments: Any) -> SafeString:
    """A component of the NHS design system: `{% nhsuk "tag" text="Vacant" colour="orange" %}`.

    Parameters have the design system's own names. A nested one is written with two underscores
    (`{% nhsuk "input" id="q" name="q" label__text="Name" %}`), an attribute with one underscore for each hyphen
    (`attributes__hx_get="/search"`). Lists and other large things come as a variable, alone
    (`{% nhsuk "breadcrumb" crumbs %}`, where crumbs is a dictionary) or under their name
    (`{% nhsuk "summary-list" rows=rows %}`). What stands under `html` is escaped unless it is marked safe.
    """
    return nhsuk.render(component, {**(parameters or {}), **nhsuk.nested(arguments)})


@register.simple_tag
def skip_link() -> SafeString:
    """The link over the header: `{% skip_link %}`."""
    return nhsuk.skip_link()


@register.simple_block_tag(name="nhsukblock")
def nhsuk_block(content: SafeString, component: str, **arguments: Any) -> SafeString:
    """A component around what stands inside: `{% nhsukblock "details" summaryText="More" %}…{% endnhsukblock %}`."""
    return nhsuk.render(component, {**nhsuk.nested(arguments), "html": content})


@register.simple_tag(takes_context=True)
def at(context: Context, address: str) -> str:
    """The address with the day that this page shows: `<a href="{% at group.get_absolute_url %}">`."""
    return _day_shown(context).keep(str(address))


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, *crumbs: str) -> SafeString:
    """The way back, as words and addresses in turn: `{% breadcrumbs "Groups" "/groups" %}`. Home comes of itself, the
    page itself is not named, and a crumb whose address is empty is left out."""
    pairs = [("Home", "/"), *zip(crumbs[::2], crumbs[1::2], strict=True)]
    return nhsuk.breadcrumb(*((str(text), at(context, address)) for text, address in pairs if address))


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """This page's own query with some parameters changed: `<a href="{% query_with page=2 %}">`.

    None or an empty string takes a parameter away; a list gives it several values. Changing anything but the page
    starts again at the first page.
    """
    query = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(item) for item in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str) -> str:
    """This page's own query without one parameter, from its first page: the link that takes a filter off."""
    return query_with(context, **{name: None})


@register.simple_tag(takes_context=True)
def query_rest(context: Context, *without: str) -> list[tuple[str, str]]:
    """The parameters of this page's query as pairs, without some: hidden fields that let a form keep the others."""
    query = context["request"].GET
    return [(name, value) for name in query if name not in without for value in query.getlist(name)]


@register.simple_tag(takes_context=True)
def query_rest_of(context: Context, panel: FilterPanel) -> list[tuple[str, str]]:
    """The parameters that the panel's form would lose: the day shown, but neither its own filters nor the page."""
    return query_rest(context, "page", *panel.names)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page) -> SafeString:
    """Links to the pages of a list, nothing when there is but one: `{% pagination page %}`, a page of a Paginator."""
    paginator = page.paginator
    if paginator.num_pages == 1:
        return SafeString()
    items = [
        {"ellipsis": True}
        if isinstance(number, str)
        else {"number": number, "current": number == page.number, "href": query_with(context, page=number)}
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    parameters: dict[str, Any] = {"items": items}
    if page.has_previous():
        parameters["previous"] = {"href": query_with(context, page=page.previous_page_number())}
    if page.has_next():
        parameters["next"] = {"href": query_with(context, page=page.next_page_number())}
    return nhsuk.render("pagination", parameters)


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, field: str, label: str, classes: str = "") -> dict[str, Any]:
    """The heading of a column that sorts the list: `{% sort_header "name" "Name" %}` inside a table's head.

    The order travels as `ordering`, a hyphen in front of the field's name turning it round.
    """
    asked = context["request"].GET.get("ordering", "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(asked, "")
    following = f"-{field}" if direction == "ascending" else field
    return {
        "label": label,
        "classes": classes,
        "direction": direction,
        "address": query_with(context, ordering=following),
    }


@register.inclusion_tag("fields/field.html", takes_context=True)
def field(context: Context, bound: BoundField) -> dict[str, Any]:
    """One field of a form with its label, hint and errors: `{% field form.start %}`."""
    return {**fields.drawn(bound), "request": context.get("request")}


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """What is wrong with a form, each with a link to its field; nothing where nothing is: `{% error_summary form %}`."""
    errors = fields.errors_of(form)
    parameters = {"titleText": "There is a problem", "errorList": errors}
    return nhsuk.render("error-summary", parameters) if errors else SafeString()


@register.filter
def day(date: datetime.date | None, precision: str = "day") -> str:
    """A date no more exactly than it is known: `{{ row.start_date|day:row.start_precision }}`."""
    return words.day_words(date, precision)


@register.simple_tag(takes_context=True)
def period(context: Context, row: Dated) -> str:
    """The period of a row as it stands on the day shown: `{% period appointment %}` → 'since July 2022'."""
    return words.period_words(row, _day_shown(context).date)


@register.filter
def counted(number: int, noun: str) -> str:
    """A number with its noun: `{{ seats|counted:"seat" }}`, `{{ n|counted:"vacancy,vacancies" }}`."""
    singular, _, plural = noun.partition(",")
    return words.count_words(number, singular, plural)


@register.filter
def whole(path: str) -> str:
    """The whole address of a page, for letters, in which nobody can follow a path alone."""
    return f"{settings.REGISTER_ADDRESS}{path}"


@register.filter
def listed(names: list[str]) -> str:
    """Names as a sentence lists them: 'A, B and C'."""
    return words.list_words([str(name) for name in names])


@register.filter
def slug_of(value: str) -> str:
    """A stored value as it stands in a class name: `general_practice` → `general-practice`."""
    return str(value).replace("_", "-")
