"""The two forms of messages to the keeper: what somebody writes, and what an editor answers."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST_TEXT = 4000


class TellForm(forms.Form):
    """What is wrong with a page, and where to tell somebody who has not signed in what became of it."""

    text = forms.CharField(
        label="What is wrong, or missing?",
        help_text="Say what you know, and since when. If you can, say how you know it.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write what is wrong, or what is missing.",
            "max_length": f"Write no more than {LONGEST_TEXT:,} characters. You can send a second message.",
        },
    )
    address = forms.EmailField(
        label="Your e-mail address, if you want to be told what became of it",
        help_text="It is used for that answer alone, and deleted some time afterwards.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Write the address like name@example.org, or leave it out."},
    )

    def __init__(self, *arguments: Any, is_signed_in: bool) -> None:
        super().__init__(*arguments)
        if is_signed_in:
            del self.fields["address"]


class AnswerForm(forms.Form):
    """What became of a message."""

    answer = forms.CharField(
        label="What became of it?",
        help_text="The sender reads these words. Say what you changed, or why nothing needed changing.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Say what became of it.",
            "max_length": f"Write no more than {LONGEST_TEXT:,} characters.",
        },
    )
    keep_quiet = forms.BooleanField(
        label="Do not write to the address that was left: this is not from somebody who wants to help",
        required=False,
    )

    def __init__(self, *arguments: Any, has_address: bool) -> None:
        super().__init__(*arguments)
        if not has_address:
            del self.fields["keep_quiet"]
