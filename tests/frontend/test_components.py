"""The `{% nhsuk %}` tag: official components, nested parameters, and nothing unsafe let through."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from ics_leadership import nhsuk


def rendered(source: str, **context: object) -> str:
    return Template("{% load register_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% nhsuk "details" summaryText="What is a place?" text="An area." %}', "nhsuk-details__summary-text"),
        ('{% nhsuk "tag" text="Dormant" colour="grey" %}', "nhsuk-tag--grey"),
        ('{% nhsuk "warning-callout" heading="Before you write" text="Work only." %}', "nhsuk-card--warning"),
        ('{% nhsuk "button" text="Save" %}', "nhsuk-button"),
        ('{% nhsuk "skip-link" href="#maincontent" text="Skip" %}', 'href="#maincontent"'),
        ('{% nhsuk "input" id="q" name="q" label__text="Name" %}', '<label class="nhsuk-label" for="q">'),
        ('{% nhsuk "pagination" previousUrl="?page=1" nextUrl="?page=3" %}', 'href="?page=3"'),
    ],
)
def test_component_is_rendered_by_its_official_template(source: str, expected: str) -> None:
    assert expected in rendered(source)


def test_large_parameters_come_as_variables() -> None:
    crumbs = {"items": [{"text": "Groups", "href": "/groups"}, {"text": "Vale", "href": "/groups/vale"}]}
    assert 'href="/groups/vale"' in rendered('{% nhsuk "breadcrumb" crumbs %}', crumbs=crumbs)
    rows = [{"key": {"text": "Acts for"}, "value": {"text": "General practice"}}]
    assert "General practice" in rendered('{% nhsuk "summary-list" rows=rows %}', rows=rows)
    choices = [{"value": "gp", "text": "GP"}, {"value": "nurse", "text": "Nurse"}]
    select = rendered('{% nhsuk "select" id="p" name="p" label__text="Profession" items=items %}', items=choices)
    assert select.count("<option") == 2
    radios = rendered('{% nhsuk "radios" name="p" fieldset__legend__text="Profession" items=items %}', items=choices)
    assert radios.count('type="radio"') == 2
    assert "<legend" in radios


def test_date_input_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    values = {"day": "31", "month": "2", "year": "2024"}
    html = rendered(
        '{% nhsuk "date-input" id="start" namePrefix="start" values=values fieldset__legend__text="Start"'
        ' errorMessage__text="There is no 31 February." %}',
        values=values,
    )
    assert 'name="start[day]"' in html
    assert 'value="31"' in html
    assert "There is no 31 February." in html


def test_error_summary_links_to_the_field() -> None:
    errors = [{"text": "Say who put them forward", "href": "#put-forward-by"}]
    html = rendered('{% nhsuk "error-summary" titleText="There is a problem" errorList=errors %}', errors=errors)
    assert '<a href="#put-forward-by">' in html
    assert "Say who put them forward" in html


def test_attributes_take_an_underscore_for_a_hyphen() -> None:
    html = rendered('{% nhsuk "input" id="q" name="q" label__text="Name" attributes__hx_get="/search" %}')
    assert 'hx-get="/search"' in html


def test_block_holds_what_stands_inside() -> None:
    html = rendered('{% nhsukblock "details" summaryText="More" %}<p>{{ name }}</p>{% endnhsukblock %}', name="A & B")
    assert "<p>A &amp; B</p>" in html


def test_text_is_escaped_even_where_a_template_marked_it_safe() -> None:
    html = rendered('{% nhsuk "tag" text=text %}', text=mark_safe("<b>no</b>"))
    assert "<b>no</b>" not in html
    assert "&lt;b&gt;no&lt;/b&gt;" in html


def test_html_is_escaped_unless_it_is_marked_safe() -> None:
    source = '{% nhsuk "inset-text" html=html %}'
    assert "<script>" not in rendered(source, html="<script>")
    assert "<em>yes</em>" in rendered(source, html=mark_safe("<em>yes</em>"))


def test_html_deep_inside_a_variable_is_escaped_too() -> None:
    rows = [{"key": {"text": "Name"}, "value": {"html": "<script>"}}]
    assert "<script>" not in nhsuk.render("summary-list", {"rows": rows})


def test_a_quotation_mark_cannot_leave_its_attribute() -> None:
    html = nhsuk.render("tag", {"text": "x", "id": '"><script>', "attributes": {"data-name": 'O\'Neill "Ned"'}})
    assert "<script>" not in html
    assert "&#34;Ned&#34;" in html
