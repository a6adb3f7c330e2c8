"""Reads the content security policy of a response headers policy."""

from genai_defense.checks.values import Opaque, Text, Value, dig

_AT_DEPLOYMENT = "host.invalid"


def policy_text(written: Value) -> str:
    """The policy, with a made-up host for what is known at deployment only."""
    parts = written.parts if isinstance(written, Text) else (written,)
    return "".join(_AT_DEPLOYMENT if isinstance(part, Opaque) else str(part or "") for part in parts)


def read_directives(policy: str) -> dict[str, list[str]]:
    """Directive, to its sources."""
    entries = (entry.split() for entry in policy.split(";") if entry.strip())
    return {name: values for name, *values in entries}


def directives_of(header: Value) -> dict[str, list[str]]:
    """The directives of a `ContentSecurityPolicy`; none where there is no such header."""
    written = dig(header, "ContentSecurityPolicy") if isinstance(header, dict) else None
    return read_directives(policy_text(written))
