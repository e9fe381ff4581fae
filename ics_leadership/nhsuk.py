"""The NHS design system's components, rendered by its own templates; pages reach them through `{% nhsuk %}`.

The templates are Jinja macros that take one dictionary of parameters, named as on the design system's pages. They trust
whatever arrives under `html`; `trusted_only` is what makes that safe.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        # The macros ask for `params.label.text` whether or not there is a label.
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(component: str) -> Any:
    first, *rest = component.split("-")
    name = first + "".join(word.capitalize() for word in rest)
    template = _environment().get_template(f"nhsuk/components/{component}/macro.jinja")
    return getattr(template.module, name)


def trusted_only(value: Any, name: str = "") -> Any:
    """The parameters with plain strings for text, and markup only where the name asks for it.

    Under `html` or a name that ends in `Html` a string that is not marked safe is escaped; under every other name even
    a safe string is text, because Django marks every literal in a template safe.
    """
    if isinstance(value, Mapping):
        return {key: trusted_only(item, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [trusted_only(item, name) for item in value]
    if isinstance(value, str | Promise):
        if name == "html" or name.endswith("Html"):
            return Markup(conditional_escape(str(value)))  # noqa: S704 just escaped
        return "".join(str(value))
    return value


def nested(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Flat keyword arguments as nested parameters: `label__text="Name"` becomes `{"label": {"text": "Name"}}`.

    Below `attributes` an underscore stands for a hyphen, which a template's keyword cannot hold:
    `attributes__hx_get` becomes `{"attributes": {"hx-get": …}}`.

    >>> nested({"label__text": "Name", "attributes__hx_get": "/search", "id": "name"})
    {'label': {'text': 'Name'}, 'attributes': {'hx-get': '/search'}, 'id': 'name'}
    """
    parameters: dict[str, Any] = {}
    for path, value in arguments.items():
        *parents, last = path.split("__")
        place = parameters
        for parent in parents:
            place = place.setdefault(parent, {})
        if parents and parents[-1] == "attributes":
            last = last.replace("_", "-")
        place[last] = value
    return parameters


def render(component: str, parameters: Mapping[str, Any]) -> SafeString:
    """The component's HTML. `component` is its name in the design system: `details`, `summary-list`, `skip-link`.

    Raises jinja2.TemplateNotFound for a component that the design system does not have.
    """
    return mark_safe(_macro(component)(trusted_only(parameters)))  # noqa: S308 trusted_only escaped what is not markup


@cache
def skip_link() -> SafeString:
    """The link over the header to what a page says, which is the same on every page."""
    return render("skip-link", {"href": "#maincontent", "text": "Skip to main content"})


@lru_cache(maxsize=1024)
def breadcrumb(*crumbs: tuple[str, str]) -> SafeString:
    """The breadcrumb of texts and addresses, rendered once for all pages that have it."""
    return render("breadcrumb", {"items": [{"text": text, "href": address} for text, address in crumbs]})
