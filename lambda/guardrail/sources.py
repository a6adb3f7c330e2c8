"""Which sources of an answer the user is shown: titles and addresses are written by strangers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from guardrail_engine import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guardrail.chat_answer import Source
    from guardrail_engine import Engine

_TITLE_CHARS: Final = 200
_URI: Final = re.compile(r"(?:https|s3)://[!-~]{1,1024}|tool:[A-Za-z0-9_-]{1,64}")


def shown_sources(sources: Sequence[Source], engine: Engine, canary: str) -> list[dict[str, str]]:
    """Each source once, its title screened like an answer.

    Args:
        sources: As the chat function names them.
        engine: Screens the titles.
        canary: Marker of the request.

    Returns:
        ``title`` and ``uri`` of those that may be shown. One whose title is refused, or whose address leads
            to a host that links may not lead to, is left out.
    """
    shown: dict[str, dict[str, str]] = {}
    for source in sources:
        screened = engine.screen(source.title[:_TITLE_CHARS], direction=Direction.RESPONSE, canary=canary)
        address = engine.screen(source.uri, direction=Direction.RESPONSE, canary=canary)
        if screened.blocked or screened.blank or address.text != source.uri or not _URI.fullmatch(source.uri):
            continue
        shown.setdefault(source.uri, {"title": screened.text, "uri": source.uri})
    return list(shown.values())
