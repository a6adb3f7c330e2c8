"""Which reasons for accepting a finding an auditor takes."""

import re

_EMPTY_WORDS = re.compile(
    r"\b(false[- ]positives?|samples?|demos?|todo|tbd|fixme|n/?a|not applicable)\b", re.IGNORECASE
)
_SHORTEST_REASON = 40
_FEWEST_WORDS = 6


def why_unacceptable(reason: str) -> str | None:
    """Say why a reason explains nothing, and what it should say; None when it is acceptable."""
    text = reason.strip()
    if len(text) < _SHORTEST_REASON or len(text.split()) < _FEWEST_WORDS:
        return (
            f"the reason {text!r} is too short. An auditor reads it: say in at least {_SHORTEST_REASON}"
            f" characters and {_FEWEST_WORDS} words which control stands in its place, or why the risk is"
            " absent."
        )
    if empty := _EMPTY_WORDS.search(text):
        return (
            f"the reason says {empty.group()!r}, which explains nothing. Say which control stands in its"
            " place, or why the risk is absent."
        )
    return None
