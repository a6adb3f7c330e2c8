"""What comes of a request."""

from dataclasses import dataclass
from typing import Literal

Action = Literal["ALLOW", "BLOCK", "CAPTCHA", "CHALLENGE"]


@dataclass(frozen=True, kw_only=True)
class ManagedGroup:
    """A group of rules of somebody else, which nobody outside AWS can evaluate.

    Attributes:
        name: `<vendor>/<name>`.
        counted: Its rules that the web ACL only counts; `*` for all of them.
    """

    name: str
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer about one request.

    Attributes:
        action: What is done. CAPTCHA and CHALLENGE hold for a client that has no token yet.
        rule: The rule that ended the evaluation; None when the default action did.
        labels: Labels that the request carries in the end.
        counted: Rules that matched and only counted.
        not_evaluated: Managed groups that the request met on its way, and that may have stopped it.
        status: HTTP status of a block.
    """

    action: Action
    rule: str | None = None
    labels: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    not_evaluated: tuple[ManagedGroup, ...] = ()
    status: int | None = None

    @property
    def passes(self) -> bool:
        """Whether the entry gets the request, as far as the own rules go."""
        return self.action == "ALLOW"
