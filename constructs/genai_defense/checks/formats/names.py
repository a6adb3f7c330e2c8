"""Names of the report's formats, apart from what writes them: `--help` starts fast."""

from enum import StrEnum


class Format(StrEnum):
    """How it is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"
