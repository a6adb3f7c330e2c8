"""How often the model is asked again, how long is waited in between, and when it is given up."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError

from chat.completion import ModelBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

# What may be over in a moment (Bedrock runtime API reference, errors of Converse and of ConverseStream, read
# 2026-11-24). A stream names them with a small first letter.
PASSING: Final = frozenset(
    {
        "internalserverexception",
        "modelerrorexception",
        "modelnotreadyexception",
        "modelstreamerrorexception",
        "modeltimeoutexception",
        "serviceunavailableexception",
        "throttlingexception",
    }
)


def is_passing(error: Exception) -> bool:
    """Whether another attempt may help.

    A read that timed out is not asked again: the model may have written, and been paid for, a whole answer.
    """
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "")).lower() in PASSING
    return isinstance(error, ConnectTimeoutError | EndpointConnectionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Attempts with full jitter: each wait is drawn between nothing and a bound that doubles.

    Args:
        attempts: For each model, at least 1.
        base: First bound, seconds.
        cap: Largest bound, seconds.
        reserve: No attempt begins with less time left, seconds.
        clock: Seconds, monotonic.
        sleep: Waits.
        draw: A number from 0 up to 1.
    """

    attempts: int = 2
    base: float = 0.25
    cap: float = 2.0
    reserve: float = 1.0
    clock: Callable[[], float] = field(default=time.monotonic)
    sleep: Callable[[float], None] = field(default=time.sleep)
    draw: Callable[[], float] = field(default=random.random)

    def ask(self, model_ids: Sequence[str], call: Callable[[str], T], deadline: float) -> T:
        """Call until it works: first with each attempt of the first model, then with those of the next.

        Args:
            model_ids: The models or profiles, the preferred one first.
            call: Asks one of them.
            deadline: On the clock.

        Raises:
            ModelBusyError: No attempt within the time worked.
            Exception: What the call raised, when another attempt could not help.
        """
        order = [model_id for model_id in model_ids for _ in range(self.attempts)]
        failed: Exception | None = None
        for number, model_id in enumerate(order):
            if number:
                pause = self.draw() * min(self.cap, self.base * 2 ** (number - 1))
                if self.clock() + pause + self.reserve > deadline:
                    break
                self.sleep(pause)
            elif self.clock() + self.reserve > deadline:
                break
            try:
                return call(model_id)
            except Exception as error:
                if not is_passing(error):
                    raise
                failed = error
        raise ModelBusyError(f"The model did not answer in time: {type(failed).__name__}.") from failed
