"""Numeric limits that rules compare with: their defaults, what they may be set to, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


def _bound(default: float, least: float, most: float) -> Any:
    """A field with a default and the range that it may be set to."""
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How far a limit of a template may go before a rule speaks. A stricter template is never a finding.

    Attributes:
        grounding: Least threshold of a guardrail's grounding and relevance checks, 0 to 0.99. Default 0.5:
            below one half an answer passes that is more likely made up than taken from its source.
            Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html
            (read 2026-11-24).
        access_token_minutes: Longest life of an access or id token, 5 to 1440 minutes. Default 60: Cognito's
            own; such a token cannot be called back.
        refresh_token_minutes: Longest life of a refresh token, 60 to 5256000 minutes. Default 1440, a day.
            Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
            (read 2026-11-24).
        password_length: Fewest characters of a password, 6 to 99. Default 12: shorter ones are guessed.
            Source: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
            (read 2026-11-24).
        https_pin_seconds: Shortest time for which browsers are held to HTTPS, 0 to 63072000 s. Default one
            year, which is what CloudFront's managed policies say.
        api_rate: Most requests a second of one API stage, 1 to 10000. Default 500: the account's limit is
            10,000, shared with every other API, and each request to a model costs tokens.
            Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
            (read 2026-11-24).
        client_rate: Most requests of one client in five minutes before the web ACL stops it, 10 to
            2000000000. Default 3000, ten a second: no person asks a chatbot faster.
            Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
            (read 2026-11-24).
        body_bytes: Largest body that the web ACL lets through, 1 to 65536 bytes. Default 65536: WAF sees no
            more of a body, whatever is paid.
            Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
            (read 2026-11-24).
        text_characters: Longest text that the schema of a request takes, 1 to 1000000 characters. Default
            20000, some 5,000 tokens: longer ones hide orders in their middle and cost what they hold.
        concurrency: Most executions at once of a function that may invoke a model, 1 to 1000. Default 200, a
            fifth of an account's default.
            Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
            (read 2026-11-24).
        answer_tokens: Most tokens of one answer, where the template says so, 1 to 1000000. Default 8192.
        agent_session_seconds: Longest idle time of an agent's session, 60 to 5400 s. Default 1800: what was
            said stays in the session, for whoever knows its id.
            Source: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-session-state.html
            (read 2026-11-24).
        memory_days: Longest life of raw events in an agent's memory, 3 to 365 days. Default 90.
            Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/memory.html
            (read 2026-11-24).
        log_days: Longest life of a log group's events, 1 to 3653 days. Default 2192, six years: the longest
            that a usual rule (HIPAA) asks for.
            Source: https://www.ecfr.gov/current/title-45/section-164.316 (read 2026-11-24).
        log_days_least: Shortest life of a log group's events, 1 to 3653 days. Default 3: who comes back after
            a week-end still sees what happened on it.
        key_deletion_days: Shortest wait before a key is deleted, 7 to 30 days. Default 14: an alarm, a
            week-end and somebody on holiday.
        budget_usd: Highest limit of a budget, for a month, 1 to 1000000000 US dollars. Default 50000: ten
            times what a chatbot of ten thousand users costs.
        budget_warning_percent: Latest first warning of a budget, 1 to 1000 percent of its limit. Default 100.
        alarm_count: Highest threshold of an alarm that counts trouble, such as errors, 1 to 1000000000.
            Default 10000: with more, the harm is done.
        backup_days: Shortest time for which a database keeps its backups, 1 to 35 days. Default 7.
            Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
            (read 2026-11-24).
        daily_tokens: Most tokens a day that a variable of an environment may allow, 1 to 1000000000000.
            Default 10000000.
        daily_uses: Most requests, users or the like a day that a variable may allow, 1 to 1000000000.
            Default 10000.
        hourly_uses: The same for an hour, a minute or a second, 1 to 1000000000. Default 2000.
        history_turns: Most turns of a conversation that a variable may keep for the model, 1 to 100000.
            Default 100: each of them is paid for again with every question.
        document_pages: Most pages of a document that a variable may let in, 1 to 1000000. Default 10000.
        document_megabytes: Largest document that a variable may let in, 1 to 10240 MiB. Default 1024.
        waiting_minutes: Longest time that a variable may give a decision or a window, 1 to 525600 minutes.
            Default 4320, three days: a week-end.
        kept_days: Longest time for which a variable may keep what users said, 1 to 36500 days. Default 3653.
        offences: Most offences, users or hits that a variable may wait for before something is done about
            them, 1 to 1000000. Default 1000.
        role_session_seconds: Longest session of a role, 3600 to 43200 s. Default 14400, four hours: a
            session cannot be called back.
            Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html#id_roles_use_view-role-max-session
            (read 2026-11-24).

    Raises:
        ValueError: A bound is outside its range.
    """

    grounding: float = _bound(0.5, 0, 0.99)
    access_token_minutes: int = _bound(60, 5, 1440)
    refresh_token_minutes: int = _bound(1440, 60, 5_256_000)
    password_length: int = _bound(12, 6, 99)
    https_pin_seconds: int = _bound(31_536_000, 0, 63_072_000)
    api_rate: int = _bound(500, 1, 10_000)
    client_rate: int = _bound(3000, 10, 2_000_000_000)
    body_bytes: int = _bound(65_536, 1, 65_536)
    text_characters: int = _bound(20_000, 1, 1_000_000)
    concurrency: int = _bound(200, 1, 1000)
    answer_tokens: int = _bound(8192, 1, 1_000_000)
    agent_session_seconds: int = _bound(1800, 60, 5400)
    memory_days: int = _bound(90, 3, 365)
    log_days: int = _bound(2192, 1, 3653)
    log_days_least: int = _bound(3, 1, 3653)
    key_deletion_days: int = _bound(14, 7, 30)
    budget_usd: int = _bound(50_000, 1, 1_000_000_000)
    budget_warning_percent: int = _bound(100, 1, 1000)
    alarm_count: int = _bound(10_000, 1, 1_000_000_000)
    backup_days: int = _bound(7, 1, 35)
    daily_tokens: int = _bound(10_000_000, 1, 1_000_000_000_000)
    daily_uses: int = _bound(10_000, 1, 1_000_000_000)
    hourly_uses: int = _bound(2000, 1, 1_000_000_000)
    history_turns: int = _bound(100, 1, 100_000)
    document_pages: int = _bound(10_000, 1, 1_000_000)
    document_megabytes: int = _bound(1024, 1, 10_240)
    waiting_minutes: int = _bound(4320, 1, 525_600)
    kept_days: int = _bound(3653, 1, 36_500)
    offences: int = _bound(1000, 1, 1_000_000)
    role_session_seconds: int = _bound(14_400, 3600, 43_200)

    def __post_init__(self) -> None:
        """Refuse what is outside its range."""
        for each in fields(self):
            value, least, most = getattr(self, each.name), each.metadata["least"], each.metadata["most"]
            whole = isinstance(each.default, int)
            fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
            if not fits or not least <= value <= most:
                kind = "a whole number" if whole else "a number"
                raise ValueError(f"The bound {each.name} is {value!r}; give {kind} from {least} to {most}.")


DEFAULT_BOUNDS = Bounds()
"""What rules compare with unless somebody sets it."""


def bounds_from(given: Mapping[str, Any]) -> Bounds:
    """Bounds of which some are set, by their names.

    Raises:
        ValueError: A name is none, or a value is outside its range.
    """
    names = [each.name for each in fields(Bounds)]
    if unknown := sorted(set(given) - set(names)):
        raise ValueError(f"There is no bound {', '.join(unknown)}. The bounds are {', '.join(names)}.")
    return Bounds(**given)
