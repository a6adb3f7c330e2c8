"""The switch with which operators stop the chatbot: read often, believed briefly, and closed when unknown."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from botocore.exceptions import BotoCoreError, ClientError

from guardrail.outcome import FailedClosedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_ssm import SSMClient

OFF: Final = "off"
ON: Final = "on"
FRESH_SECONDS: Final = 5.0
"""So long nobody asks again. Parameter Store answers 40 reads a second by default, so 200 processes may ask
(Parameter Store quotas, read 2026-11-24); more need its higher throughput."""
USABLE_SECONDS: Final = 30.0
"""So long the last answer counts while no new one comes; then the function refuses."""


class KillSwitchUnavailableError(FailedClosedError):
    """Nobody knows whether the chatbot may answer, so it does not."""

    reason: ClassVar[str] = "KILL_SWITCH_UNAVAILABLE"


class StoppedError(Exception):
    """Operators have stopped the chatbot."""


@dataclass(slots=True)
class KillSwitch:
    """The switch, as one process sees it.

    Args:
        client: Parameter Store, with short timeouts and without retries.
        parameter_name: Holds ``on`` (refuse everything) or ``off``; everything else is no answer.
        now: Clock that never goes back, in seconds.
    """

    client: SSMClient
    parameter_name: str
    now: Callable[[], float] = time.monotonic
    _value: str = ""
    _read_at: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """Return when the chatbot may answer.

        Raises:
            StoppedError: The switch is on.
            KillSwitchUnavailableError: It cannot be read, and its last value is older than
                ``USABLE_SECONDS``; or it holds neither ``on`` nor ``off``.
        """
        value = self._current()
        if value == ON:
            raise StoppedError
        if value != OFF:
            raise KillSwitchUnavailableError("value")

    def _current(self) -> str:
        with self._lock:
            # Taken before the read: what comes back was true then, or later.
            asked_at = self.now()
            age = None if self._read_at is None else asked_at - self._read_at
            if age is not None and age < FRESH_SECONDS:
                return self._value
            try:
                answer = self.client.get_parameter(Name=self.parameter_name)["Parameter"]
            except (BotoCoreError, ClientError, KeyError) as error:
                if age is not None and age < USABLE_SECONDS:
                    return self._value
                raise KillSwitchUnavailableError("read") from error
            self._value, self._read_at = answer.get("Value", ""), asked_at
            return self._value
