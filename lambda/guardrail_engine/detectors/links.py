"""Links and images of an answer: only hosts on the allow-list are fetched or offered to click."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector, Match, Scope
from guardrail_engine.results import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guardrail_engine.views import View

_RISK: Final = "LLM05"
LINK: Final = "(link removed)"
IMAGE: Final = "(image removed)"

_BRACKET: Final = re.compile(r"\\.|[\[\]]", re.DOTALL)
_TARGET: Final = re.compile(
    r"\(\s{0,16}(?:<([^<>\n]{0,4096})>|((?:[^\s()\\]|\\.){0,4096}(?:\((?:[^\s()]){0,1024}\)[^\s()]{0,1024}){0,4}))"
    r"(?:\s{1,16}(?:\"[^\"]{0,1024}\"|'[^']{0,1024}'|\([^()]{0,1024}\)))?\s{0,16}\)"
)
_DEFINITION: Final = re.compile(
    r"^[ \t>*+-]{0,16}\[[^\[\]\n]{1,512}\]:[ \t]{0,16}\n?[ \t]{0,16}(<[^<>\n]{0,4096}>|[^\s<>]{1,4096})",
    re.MULTILINE,
)
_TAG: Final = re.compile(r"<\s{0,8}/?([A-Za-z][A-Za-z0-9:-]{0,31})(?=[\s/>]|$)([^<>]{0,8192})>?")
_ATTRIBUTE: Final = re.compile(
    r"(?:^|[\s/\"'])(src|srcset|imagesrcset|href|xlink:href|action|formaction|poster|background|data|ping|cite|longdesc|style|content)"
    r"\s{0,8}=\s{0,8}(?:\"([^\"]{0,8192})\"?|'([^']{0,8192})'?|([^\s>]{1,8192}))",
    re.IGNORECASE,
)
_IMAGE_TAGS: Final = frozenset({"img", "image", "picture", "source", "video", "audio", "svg", "input"})
_ALT: Final = re.compile(r"\balt\s{0,8}=\s{0,8}(?:\"([^\"]{0,512})\"|'([^']{0,512})')", re.IGNORECASE)
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,4096})>")
# What Markdown renderers make clickable without any markup.
_BARE: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:https?|ftps?|wss?):[/\\]{2}|www\.(?=[A-Za-z0-9]))[^\s<>\"`]{1,8192}",
    re.IGNORECASE,
)
_TRAILING: Final = "])}'*_~.,;:!?"
_STYLE_URL: Final = re.compile(r"url\s{0,8}\(|@import|//", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(
    r"https?://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(?:80|443))?(?:[/?#][^\s\\]{0,8192})?",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"(?!//)[\w./?#&=%~+,;@!$'*()-][^:\\\s]{0,2048}|")


def is_allowed(target: str, hosts: frozenset[str]) -> bool:
    """Whether a link target stays on this site or leads to an allowed host.

    Args:
        target: As written; entities and backslash escapes are resolved as a browser would.
        hosts: Lower-case names; each also allows its subdomains.

    Returns:
        True for a relative target and for http(s) to an allowed host; False for everything that is not
        plainly one of the two (another scheme, credentials, a port, a backslash, a non-ASCII host).
    """
    target = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(target)).strip()
    if re.search(r"[\x00-\x20\x7f]", target):
        return False
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None:
        return _RELATIVE.fullmatch(target) is not None
    host = absolute.group(1).lower()
    return any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)


def find(view: View, context: Context) -> Iterator[Match]:
    """Find every link and image of an answer that leads to a host that is not allowed."""
    if context.direction is not Direction.RESPONSE:
        return
    yield from _inline(view.text, context.allowed_hosts)
    yield from _tags(view.text, context.allowed_hosts)
    for match in _DEFINITION.finditer(view.text):
        if not is_allowed(match.group(1).strip("<>"), context.allowed_hosts):
            yield _match("reference", *match.span(1))
    for match in _AUTOLINK.finditer(view.text):
        if not is_allowed(match.group(1), context.allowed_hosts):
            yield _match("autolink", *match.span())
    for match in _BARE.finditer(view.text):
        url = match.group().rstrip(_TRAILING)
        target = f"https://{url}" if url[:4].lower() == "www." else url
        if not is_allowed(target, context.allowed_hosts):
            yield _match("bare", match.start(), match.start() + len(url))


def _match(rule: str, start: int, end: int, text: str | None = None) -> Match:
    image = rule.startswith("image")
    marker = IMAGE if image else LINK
    replacement = f"{text} {marker}" if text else marker
    return Match(f"link.{rule}", _RISK, start, end, "IMAGE" if image else "LINK", replacement)


def _inline(text: str, hosts: frozenset[str]) -> Iterator[Match]:
    """``[text](target)`` and ``![alt](target)``, brackets matched with a stack, so nested ones count."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            opened.append(bracket.start())
        elif bracket.group() == "]" and opened:
            start = opened.pop()
            target = _TARGET.match(text, bracket.end())
            if target is None or is_allowed(target.group(1) or target.group(2) or "", hosts):
                continue
            image = start > 0 and text[start - 1] == "!"
            label = text[start + 1 : bracket.start()]
            rule = "image" if image else "inline"
            yield _match(rule, start - int(image), target.end(), label)


def _tags(text: str, hosts: frozenset[str]) -> Iterator[Match]:
    for tag in _TAG.finditer(text):
        attributes = [
            (found.group(1).lower(), found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag.group(2))
        ]
        if all(_is_allowed_attribute(name, html.unescape(value), hosts) for name, value in attributes):
            continue
        image = tag.group(1).lower() in _IMAGE_TAGS
        alt = _ALT.search(tag.group(2))
        label = html.unescape(alt.group(1) or alt.group(2) or "") if image and alt else ""
        yield _match("image-tag" if image else "tag", *tag.span(), label)


def _is_allowed_attribute(name: str, value: str, hosts: frozenset[str]) -> bool:
    if name in {"style", "content"}:
        return _STYLE_URL.search(value) is None
    if name.endswith("srcset"):
        return all(is_allowed(part.split()[0], hosts) for part in value.split(",") if part.strip())
    return is_allowed(value, hosts)


DETECTOR: Final = Detector("link", Scope.ORIGINAL, find)
