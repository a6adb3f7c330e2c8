"""From where a request came: the connection's address, or those that a header names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.request import Request

_MOST_FORWARDED = 10


@dataclass(frozen=True)
class Origin:
    """The addresses that a statement looks at.

    Attributes:
        addresses: One of them has to match; empty when the statement is not applied.
        decided: Set when the fallback for a malformed header has decided already.
    """

    addresses: tuple[str, ...] = ()
    decided: bool | None = None


def forwarded(config: Mapping[str, Any], request: Request, position: str = "FIRST") -> Origin:
    """The addresses that a forwarding header names.

    Without the header WAF does not apply the statement at all.

    Args:
        config: A `ForwardedIPConfig`.
        request: The request.
        position: FIRST, LAST, or ANY: the last ten.

    Raises:
        NotEvaluableError: A position or a fallback that WAF does not have.
    """
    fallback = config["FallbackBehavior"]
    if position not in ("FIRST", "LAST", "ANY") or fallback not in ("MATCH", "NO_MATCH"):
        raise NotEvaluableError(f"Position {position!r} with fallback {fallback!r} is none that WAF has.")
    text = request.header(str(config["HeaderName"]))
    if text is None:
        return Origin()
    parts = [part.strip() for part in text.split(",")][-_MOST_FORWARDED:]
    chosen = parts if position == "ANY" else [parts[0] if position == "FIRST" else parts[-1]]
    valid = tuple(part for part in chosen if _is_address(part))
    return Origin(valid) if valid else Origin(decided=fallback == "MATCH")


def within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address is in one of the networks."""
    here = ip_address(address)
    return any(here in ip_network(network, strict=False) for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
