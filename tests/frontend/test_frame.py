"""What stands around every page, the pages for errors, the filter panel, and what the stylesheet must not hold."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from ics_leadership import errors
from ics_leadership.as_at import AsAtMiddleware
from ics_leadership.filter_panel import panel_of

STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture
def request_for():
    def build(path: str):
        request = RequestFactory().get(path)
        AsAtMiddleware(lambda _: HttpResponse())(request)
        return request

    return build


def page(template: str, request) -> str:
    return render_to_string(template, {}, request=request)


def test_every_page_names_the_register_and_its_licence(request_for) -> None:
    html = page("errors/404.html", request_for("/groups/nowhere"))
    assert settings.REGISTER_NAME in html
    assert "Contains information from NHS England, licensed under the current version of the" in html
    assert '<html lang="en">' in html
    assert 'href="#maincontent"' in html


def test_the_section_that_a_page_belongs_to_is_marked(request_for) -> None:
    html = page("errors/404.html", request_for("/groups/nowhere"))
    assert re.search(r'href="/groups" aria-current="true">Groups', html)
    assert html.count("aria-current") == 1


def test_sections_keep_the_day_shown(request_for) -> None:
    html = page("errors/404.html", request_for("/groups/nowhere?as_at=2022-06-30"))
    assert 'href="/people?as_at=2022-06-30"' in html
    assert "As at 30 June 2022 – " in html.split("</title>")[0]


def test_a_demonstration_says_what_is_invented(request_for, invented) -> None:
    invented("Vale and Downs")
    html = page("errors/404.html", request_for("/"))
    assert "the people and organisations of Vale and Downs are invented" in html
    invented("")
    assert "Demonstration" not in page("errors/404.html", request_for("/"))


def test_no_template_holds_inline_style_or_script() -> None:
    offenders = [
        path.name
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:\ssrc=|application/json))", path.read_text())
    ]
    assert offenders == []


def test_the_stylesheet_carries_neither_frutiger_nor_the_logo() -> None:
    css = (STATIC / "register.css").read_text()
    assert "frutiger" not in css.lower()
    assert "header__logo" not in css
    assert "assets.nhs.uk" not in css
    for address in re.findall(r"url\([\"']?([^\"')]+)", css):
        assert (STATIC / address).is_file(), address


@pytest.fixture(scope="module")
def compiled() -> set[str]:
    """The register's own class names in the compiled stylesheet."""
    return set(re.findall(r"\.(reg-[a-z0-9_-]+)", (STATIC / "register.css").read_text()))


def test_the_stylesheet_was_compiled_after_its_sources_changed(compiled: set[str]) -> None:
    for source in (STATIC / "src").glob("_*.scss"):
        code = re.sub(r"//.*", "", source.read_text())
        assert set(re.findall(r"\.(reg-[a-z0-9_-]+)(?![a-z0-9_#-])", code)) - compiled == set(), source.name


def test_every_class_that_a_page_names_is_styled(compiled: set[str]) -> None:
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        for value in re.findall(r'class="([^"]*)"', template.read_text()):
            # Names that are put together from a value belong to whatever makes the value.
            whole = re.sub(r"\{%.*?%\}", " ", re.sub(r"[\w-]*\{\{.*?\}\}", "", value))
            assert set(re.findall(r"reg-[a-z0-9_-]+", whole)) - compiled == set(), template.name


def test_no_script_points_to_a_source_map() -> None:
    assert not [path.name for path in STATIC.glob("*.[jc]s*") if "sourceMappingURL" in path.read_text()]


def test_what_others_wrote_is_named_with_its_licence() -> None:
    licences = (STATIC / "LICENCES.md").read_text()
    for path in STATIC.glob("*.min.js"):
        assert f"`{path.name}`" in licences


def test_a_refusal_shows_its_sentence_and_its_way_on(request_for) -> None:
    refusal = errors.Refusal("“x” is not a kind of group.", way_on=("Show all groups", "/groups"))
    response = errors.RefusalMiddleware(lambda _: HttpResponse()).process_exception(
        request_for("/groups?kind=x"), refusal
    )
    assert response is not None
    assert response.status_code == 400
    assert "“x” is not a kind of group." in response.content.decode()
    assert '<a href="/groups">Show all groups</a>' in response.content.decode()


def test_only_refusals_are_turned_into_pages(request_for) -> None:
    middleware = errors.RefusalMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(request_for("/"), ValueError()) is None


def test_not_found_shows_a_sentence_of_the_view_but_not_the_workings_of_the_framework(request_for) -> None:
    said = errors.not_found(request_for("/x"), Http404("There is no group with this name."))
    assert said.status_code == 404
    assert "There is no group with this name." in said.content.decode()
    workings = errors.not_found(request_for("/x"), Http404({"tried": [], "path": "x"}))
    assert "tried" not in workings.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("section", "thing"),
    [("groups", "group"), ("organisations", "organisation"), ("people", "person"), ("roles", "role")],
)
def test_not_found_says_what_is_not_at_the_address(client: Client, section: str, thing: str) -> None:
    response = client.get(f"/{section}/nowhere")
    assert response.status_code == 404
    html = response.content.decode()
    assert f"The register has no {thing} at this address." in html
    assert "matches the given query" not in html


@pytest.mark.django_db
def test_a_form_that_may_be_anothers_is_refused_with_a_way_on() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor@example.org"})
    assert response.status_code == 403
    html = response.content.decode()
    assert settings.REGISTER_NAME in html
    assert "This form could not be accepted" in html
    assert '<a href="/admin/login/">Open the form again</a>' in html
    assert "style=" not in html
    assert "<style" not in html


def test_the_page_for_our_own_fault_needs_no_request(request_for) -> None:
    response = errors.server_error(request_for("/"))
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


class Filters(forms.Form):
    q = forms.CharField(label="Name contains", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), ("pcn", "Primary care network")], required=False)
    since = forms.DateField(label="Since", required=False)
    ordering = forms.ChoiceField(label="Sort by", choices=[("name", "Name")], required=False)


def test_filter_panel_shows_a_form_and_what_is_in_force(request_for) -> None:
    panel = panel_of(Filters({"kind": "pcn", "ordering": "name"}))
    assert [field.value_label for field in panel.in_force] == ["Primary care network"]
    request = request_for("/organisations?kind=pcn&ordering=name&page=3&as_at=2022-06-30")
    context = {"panel": panel, "request": request, "as_at": request.as_at}
    html = render_to_string("components/filter_panel.html", context)
    assert '<option value="pcn" selected>Primary care network</option>' in html
    assert html.count('name="kind"') == 1
    assert '<input type="hidden" name="as_at" value="2022-06-30">' in html
    assert 'name="page"' not in html
    assert 'type="date"' in html
    chips = render_to_string("components/in_force.html", context)
    assert 'href="/organisations?ordering=name&amp;as_at=2022-06-30"' in chips
