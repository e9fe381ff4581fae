"""The whole answers in the OpenAPI document are what the demonstration says, and follow the schemas beside them."""

import json
import os
import re
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from ics_leadership.accounts.demo_accounts import EDITOR
from ics_leadership.accounts.models import User
from memberships.api_answers import ANSWERS, QUESTIONS, answers
from memberships.api_examples import PLACE

KEY = re.compile(r'"key": "([2-9a-z]{10})"')
"""Of a snapshot. It is drawn by lot, so that the examples have others."""
OF_EXAMPLES = ("k7rw3m9xqd", "t4hz8c2nvb", "w5cj2p8gxe")
AS_TEXT = ("application/json", "text/csv", "application/x-ndjson")


def answered(client: Client) -> dict[str, dict[str, dict[str, Any]]]:
    """By path and media type, what each question is answered."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for path, questions in QUESTIONS.items():
        for question in questions:
            if path == "/api/v1/findings":
                client.force_login(User.objects.get(email=EDITOR))
            answer = client.get(question)
            client.logout()
            assert answer.status_code == 200, answer.content
            media_type = answer.headers["Content-Type"].partition(";")[0]
            said = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
            said = said.replace("http://testserver", PLACE)
            for drawn, known in zip(KEY.findall(said), OF_EXAMPLES, strict=False):
                said = said.replace(drawn, known)
            value = json.loads(said) if media_type == "application/json" else said
            found.setdefault(path, {}).setdefault(media_type, {})[question] = value
    return found


def test_answers_are_those_of_the_demonstration(demo_client: Client):
    """With UPDATE_DOCS in the environment they are written first."""
    said = answered(demo_client)
    if os.environ.get("UPDATE_DOCS"):
        ANSWERS.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        answers.cache_clear()
    assert said == answers()


@pytest.fixture
def contents(db: None, client: Client) -> dict[str, dict[str, Any]]:
    """By path, what its answer can be, by media type; the schemas with what they refer to."""
    document = json.loads(client.get("/api/v1/schema").content)
    found = {path: document["paths"][path]["get"]["responses"]["200"]["content"] for path in QUESTIONS}
    for content in found.values():
        content["application/json"]["schema"]["components"] = document["components"]
    return found


@pytest.mark.parametrize("path", QUESTIONS)
def test_an_answer_in_json_follows_the_schema_beside_it(contents: dict[str, dict[str, Any]], path: str):
    content = contents[path]["application/json"]
    validator = Draft202012Validator(content["schema"])
    for example in content["examples"].values():
        validator.validate(example["value"])
        assert example["value"].get("results"), "it shows something"


def test_every_table_is_shown_in_all_that_is_text(contents: dict[str, dict[str, Any]]):
    tables = [path for path, questions in QUESTIONS.items() if len(questions) > 1]
    assert len(tables) == 7
    for path in tables:
        assert all(contents[path][media_type]["examples"] for media_type in AS_TEXT), path
