"""Wildcards as IAM reads them."""

import re
from functools import lru_cache


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` and `?` matches a whole text, whatever the case of the letters."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=10_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A deployment names the same few actions and resources again and again."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(expression, re.IGNORECASE | re.DOTALL)
