"""How much may come through a web ACL."""

from dataclasses import dataclass

INSPECTION_STEPS_KB = (16, 32, 48, 64)
_RATE = (10, 2_000_000_000)
_BODY = (1, INSPECTION_STEPS_KB[-1] * 1024)


@dataclass(frozen=True, kw_only=True)
class RequestLimits:
    """What one client may send through a web ACL.

    Attributes:
        requests_per_five_minutes: Requests of one client in any five minutes, 10 to 2,000,000,000. An office
            behind one address is one client. Default: 1,500.
        chat_requests_per_five_minutes: Of these, requests on the chat path, 10 to 2,000,000,000; None for an
            entry that has no such path. Default: 300.
        max_body_bytes: Longest request body, 1 to 65,536 bytes. WAF inspects as much, in steps of 16 KB;
            beyond the first step AWS charges for it. Default: 49,152, which holds a message of 4,000
            characters however they are escaped.

    Raises:
        ValueError: When a limit is outside its range.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html,
        https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html (read
        2026-11-24).
    """

    requests_per_five_minutes: int = 1500
    chat_requests_per_five_minutes: int | None = 300
    max_body_bytes: int = 49_152

    def __post_init__(self) -> None:
        """Check the ranges."""
        self._require("requests_per_five_minutes", self.requests_per_five_minutes, _RATE)
        if self.chat_requests_per_five_minutes is not None:
            self._require("chat_requests_per_five_minutes", self.chat_requests_per_five_minutes, _RATE)
        self._require("max_body_bytes", self.max_body_bytes, _BODY)

    @property
    def inspected(self) -> str:
        """How much of a body WAF has to look at, as it names the step: `KB_16` to `KB_64`."""
        return f"KB_{next(step for step in INSPECTION_STEPS_KB if self.max_body_bytes <= step * 1024)}"

    @staticmethod
    def _require(name: str, value: int, allowed: tuple[int, int]) -> None:
        low, high = allowed
        if not low <= value <= high:
            raise ValueError(
                f"RequestLimits: {name} is {value}; WAF allows {low} to {high}. Choose a value in that range."
            )
