"""The engine: every detector over every view, then the policy's decision, then the redacted text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guardrail_engine.detector import Context, Detector
from guardrail_engine.detectors import DETECTORS
from guardrail_engine.policy import REWRITTEN, UNSTABLE, reason_of, reported
from guardrail_engine.results import Action, Direction, Finding, Reason, Screening
from guardrail_engine.rewriting import Rewrite, rewrite
from guardrail_engine.views import View, Views, build_views
from guardrail_engine.views.invisible import without_stray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CHARS: Final = 100_000
"""Longest text that is read, in code points; a longer one is blocked as malformed."""
MAX_FINDINGS: Final = 200
"""Most findings that a result carries; the decision and the redactions know them all."""
_MAX_ROUNDS: Final = 8
_NO_RISK: Final = "LLM10"


@dataclass(frozen=True, slots=True)
class _Hit:
    finding: Finding
    rewrite: Rewrite | None


@dataclass(frozen=True, slots=True)
class Engine:
    """Screens texts on their way to and from a model. Immutable and pure: one instance serves all threads.

    Args:
        allowed_link_hosts: Host names that links and images of an answer may lead to; each allows its
            subdomains. Default: none, so every absolute link is neutralised.
        detectors: What to look for. Default: ``detectors.DETECTORS``.
    """

    allowed_link_hosts: frozenset[str] = frozenset()
    detectors: tuple[Detector, ...] = DETECTORS

    def __post_init__(self) -> None:
        """Refuse hosts that could never match, since a silent mismatch would look like an attack."""
        for host in self.allowed_link_hosts:
            if not host or host != host.strip().lower().strip(".") or any(char in host for char in "/:@*? "):
                raise ValueError(
                    f"allowed_link_hosts: {host!r} is not a host name. Allowed: lower-case names such as "
                    "'docs.example.com', without scheme, port, path or wildcard (subdomains are included)."
                )

    def screen(self, text: str, *, direction: Direction, canary: str | None = None) -> Screening:
        """Judge one text. Never raises: whatever goes wrong inside blocks the text.

        Args:
            text: Any string, lone surrogates included; longer than ``MAX_CHARS`` is blocked unread.
            direction: REQUEST for what a user sends, DOCUMENT for what the model reads beside it,
                RESPONSE for what the model answers.
            canary: The marker of this request, at least 8 characters; no answer may hold it in any view.

        Returns:
            The decision. ``findings`` point into ``text``; ``Screening.text`` is what may be passed on.
        """
        if len(text) > MAX_CHARS:
            return _blocked(Reason.MALFORMED_TEXT, [_whole("malformed.length", text)])
        context = Context(direction, canary, self.allowed_link_hosts)
        try:
            return self._screen(text, context)
        except Exception:  # noqa: BLE001 - fail closed: an engine that broke has not judged the text
            return _blocked(Reason.DETECTOR_FAILED, [_whole("engine.engine-failed", text)])

    def _screen(self, text: str, context: Context) -> Screening:
        hits = self._hits(text, context)
        findings = [hit.finding for hit in hits]
        redactions: Counter[str] = Counter()
        current = text
        for _ in range(_MAX_ROUNDS):
            reason = reason_of(context.direction, [hit.finding for hit in hits])
            if reason is not None:
                return _blocked(reason, findings)
            rewrites = [hit.rewrite for hit in hits if hit.rewrite is not None]
            rewritten, made = rewrite(current, rewrites)
            redactions += made
            rewritten = without_stray(rewritten)
            if rewritten == current:
                return Screening(
                    Action.ALLOW,
                    None,
                    current,
                    tuple(findings[:MAX_FINDINGS]),
                    MappingProxyType(dict(redactions)),
                )
            # The new text is judged like any other: a replacement may have joined what stood apart.
            current = rewritten
            hits = self._hits(current, context)
        families = sorted({hit.finding.family for hit in hits} & set(UNSTABLE))
        return _blocked(UNSTABLE[families[0]] if families else Reason.MALFORMED_TEXT, findings)

    def _hits(self, text: str, context: Context) -> list[_Hit]:
        try:
            views = build_views(text)
        except Exception:  # noqa: BLE001 - fail closed: a reading that broke may hide anything
            return [_Hit(_whole("engine.views-failed", text), None)]
        hits = {hit.finding: hit for hit in self._detect(views, text, context)}
        if views.exhausted:
            bound = _whole("malformed.too-many-layers", text)
            hits[bound] = _Hit(bound, None)
        # The plainest view comes first and speaks for the others that show the same thing at the same place.
        seen: dict[tuple[str, int, int], _Hit] = {}
        for hit in hits.values():
            seen.setdefault((hit.finding.id, hit.finding.start, hit.finding.end), hit)
        return sorted(seen.values(), key=lambda hit: (hit.finding.start, hit.finding.end, hit.finding.id))

    def _detect(self, views: Views, text: str, context: Context) -> Iterable[_Hit]:
        for detector in self.detectors:
            try:
                found = [
                    hit
                    for view in views.all
                    if detector.reads(view)
                    for hit in _hits_of(detector, view, context)
                ]
            except Exception:  # noqa: BLE001 - fail closed: a detector that raises has seen something it cannot judge
                found = [_Hit(_whole(f"engine.{detector.name}-failed", text), None)]
            yield from found


def _hits_of(detector: Detector, view: View, context: Context) -> Iterable[_Hit]:
    for match in detector.find(view, context):
        start, end = view.span(match.start, match.end)
        finding = Finding(match.id, match.risk, view.name, start, end)
        if not reported(context.direction, finding.family):
            continue
        rewritten = match.label is not None and finding.family in REWRITTEN[context.direction]
        yield _Hit(finding, Rewrite(start, end, match.label or "", match.replacement) if rewritten else None)


def _whole(finding_id: str, text: str) -> Finding:
    return Finding(finding_id, _NO_RISK, "original", 0, len(text))


def _blocked(reason: Reason, findings: Sequence[Finding]) -> Screening:
    return Screening(Action.BLOCK, reason, "", tuple(findings[:MAX_FINDINGS]))
