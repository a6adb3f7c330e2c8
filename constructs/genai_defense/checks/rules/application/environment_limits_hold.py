"""A limit that a program reads from its environment limits."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.bounds import Bounds
from genai_defense.checks.environments import ENVIRONMENT_TYPES, variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_KIB = 1024
_USED = (
    r"(REQUESTS?|TOKENS?|CALLS?|QUERIES|QUESTIONS?|MESSAGES?|PROMPTS?|INVOCATIONS?|UPLOADS?|DOCUMENTS?|USERS?"
    r"|ADDRESSES|IPS|CLIENTS?)"
)
_ACTS = r"(ALARM|ALERT|BAN|BLOCK|DISABLE|KILL|LOCK|PAUSE|QUARANTINE|SLOW|STOP|SUSPEND|THROTTLE|WARN)"


class _Limit(NamedTuple):
    """Which variables are a limit, the bound that they keep, and how many of their units make one of it."""

    name: re.Pattern[str]
    bound: str
    units: int = 1


_LIMITS = (
    _Limit(re.compile(r"TOKENS?_(PER|A)_DAY|DAILY_TOKEN"), "daily_tokens"),
    _Limit(re.compile(rf"{_USED}_(PER|A)_DAY|DAILY_{_USED}"), "daily_uses"),
    _Limit(re.compile(rf"{_USED}_(PER|AN?)_(HOUR|MINUTE|SECOND)"), "hourly_uses"),
    _Limit(re.compile(r"(^|_)(HISTORY|MAX|CONVERSATION)_(\w+_)?TURNS$"), "history_turns"),
    _Limit(re.compile(r"(^|_)MAX_(\w+_)?PAGES$"), "document_pages"),
    _Limit(re.compile(r"(^|_)MAX_(\w+_)?BYTES$"), "document_megabytes", _KIB * _KIB),
    _Limit(re.compile(r"(^|_)MAX_(\w+_)?KI?B$"), "document_megabytes", _KIB),
    _Limit(re.compile(r"(^|_)MAX_(\w+_)?MI?B$"), "document_megabytes"),
    _Limit(re.compile(r"(^|_)(APPROVAL|WINDOW|SESSION|TOKEN|EXPIR\w*)_MINUTES$"), "waiting_minutes"),
    _Limit(re.compile(r"(^|_)(CONVERSATION|HISTORY|CHAT|RETENTION|KEEP|MEMORY)\w*_DAYS$"), "kept_days"),
    _Limit(re.compile(rf"(^|_){_ACTS}(_\w+)?_AFTER(_\w+)?$"), "offences"),
)
# Limits without a bound of their own here: MAX_TOKENS has one in another rule.
_OTHER_LIMITS = re.compile(
    r"(^|_)MAX_(\w+_)?(TOKENS|LENGTH|CHARS|CHARACTERS|ITEMS|DOCUMENTS|ROUNDS|STEPS|ITERATIONS)$"
    r"|(^|_)(LIMIT|QUOTA|BUDGET)$|(^|_)(BLOCKED|SLOWED|LOCKOUT|BANNED)_MINUTES$"
)
# Zero of these is strict, or means no more than "at once".
_NO_LIMIT = re.compile(r"RETR|CACHE|TTL|DELAY|OFFSET|BACKOFF|INTERVAL")
# A probability: nothing reaches the one end of it, and everything the other.
_SCORE = re.compile(
    r"(^|_)(THRESHOLD|CONFIDENCE|(GROUNDING|RELEVANCE|SIMILARITY|TOXICITY|INJECTION|RISK)_SCORE|MIN_SCORE)$"
)
_ENDS = (0.01, 0.99)
_NONE = re.compile(
    r"0+(\.0+)?|-\d+|none|null|nil|off|inf|infinity|infinite|unlimited|no_?limit", re.IGNORECASE
)


@rule(
    id="OwaspLlm-EnvironmentLimitsHold",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A variable that is to limit something limits nothing.",
    explanation="Code that reads zero, nothing or a number out of all proportion lets floods, loops and huge"
    " documents through to the model, keeps what users said for ever, or acts on an attack when it is over.",
    remedy="Set the variable to what one user, document or conversation needs; the bounds `daily_tokens`,"
    " `daily_uses`, `hourly_uses`, `history_turns`, `document_pages`, `document_megabytes`,"
    " `waiting_minutes`, `kept_days` and `offences` can be set.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/generative-ai-lens/gensec05-bp01.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10", "LLM06"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02", "GENSEC05-BP01"),
    ),
    resource_types=ENVIRONMENT_TYPES,
)
def environment_limits_hold(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only literal numbers are judged; of several thresholds for one act, one is enough."""
    named = {
        name.upper(): (path, str(value))
        for path, name, value in variables(resource)
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    values = {name: value for name, (_, value) in named.items()}
    return worst(
        answer
        for name, (path, value) in named.items()
        for answer in _judge(name, path, value, values, graph.bounds)
    )


def _score(name: str, path: str, value: str) -> Answer:
    if re.fullmatch(r"[01]?\.\d+", value) and not _ENDS[0] < float(value) < _ENDS[1]:
        return NonCompliant(path, f"{name} is {value}: all or nothing passes")
    return NotApplicable()


def _judge(name: str, path: str, value: str, all_values: dict[str, str], bounds: Bounds) -> Iterator[Answer]:
    if _SCORE.search(name):
        yield _score(name, path, value)
        return
    limit = next((each for each in _LIMITS if each.name.search(name)), None)
    if _NO_LIMIT.search(name) or (limit is None and not _OTHER_LIMITS.search(name)):
        return
    if _NONE.fullmatch(value.strip()):
        if not _acts_otherwise(name, all_values):
            yield NonCompliant(path, f"{name} is {value!r}: nothing is limited by it")
        return
    number = float(value) if re.fullmatch(r"\d+(\.\d+)?", value) else None
    most = None if limit is None else getattr(bounds, limit.bound) * limit.units
    if number is not None and most is not None and number > most:
        yield NonCompliant(path, f"{name} is {value}, and at most {most} are needed")
    else:
        yield Compliant("its limits limit")


def _acts_otherwise(name: str, all_values: dict[str, str]) -> bool:
    """Whether another threshold leads to the same act, as `BLOCK_AFTER_HITS` beside `BLOCK_AFTER_USERS`."""
    act, after, _ = name.partition("_AFTER_")
    return bool(after) and any(
        other != name and other.startswith(f"{act}_AFTER_") and not _NONE.fullmatch(value.strip())
        for other, value in all_values.items()
    )
