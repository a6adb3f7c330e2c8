"""Names of the report's formats, apart from what writes them: `--help` starts fast."""

from enum import StrEnum


class MutationFormat(StrEnum):
    """How it is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
