"""Reading the answers of the API as a client would."""

import csv
import io
import json
from typing import Any

from django.test import Client


def body(client: Client, address: str, **options: Any) -> bytes:
    """The whole of an answer, which has to be one."""
    answer = client.get(address, **options)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def pages(client: Client, address: str) -> list[dict[str, Any]]:
    """All rows of a resource, page by page by its `next`."""
    rows: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = json.loads(body(client, following))
        rows += page["results"]
        following = page["next"]
    return rows


def lines(client: Client, address: str) -> list[dict[str, Any]]:
    """All rows as NDJSON."""
    return [json.loads(line) for line in body(client, f"{address}&format=ndjson").splitlines()]


def table(client: Client, address: str) -> list[dict[str, str]]:
    """All rows as CSV, read by a reader that forgives nothing."""
    text = body(client, f"{address}&format=csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def refusal(client: Client, address: str, status: int = 400) -> str:
    """The sentence with which a question is refused."""
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = json.loads(answer.content)
    assert said["status"] == status
    return str(said["detail"])
