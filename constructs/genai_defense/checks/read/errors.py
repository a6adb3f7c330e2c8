"""What cannot be read."""


class UnusableInputError(Exception):
    """An input that cannot be checked; its text is one line that says what to do."""
