"""What a reader sees of a page: its main part as words alone."""

import re
from html import unescape

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The words of the page's main part, one space between them."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main, "the page has no main part"
    without_spaces_before_commas = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"<[^>]+>", " ", main[0]))
    return " ".join(unescape(without_spaces_before_commas).split())
