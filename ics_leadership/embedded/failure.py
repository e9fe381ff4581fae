"""The one error of the embedded services: a sentence that says what is wrong and what to do."""


class CannotStart(Exception):
    """The services cannot run here; the message is written for the person at the keyboard."""
