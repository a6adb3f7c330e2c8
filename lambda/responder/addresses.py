"""The web ACLs' sets of blocked addresses, changed under their lock token."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from mypy_boto3_wafv2 import WAFV2Client

EDGE_REGION: Final = "us-east-1"
_TRIES: Final = 6
_STALE: Final = "WAFOptimisticLockException"
_PARTS: Final = 3


class BusyError(Exception):
    """Somebody else changed a set at every try."""


@dataclass(frozen=True, slots=True)
class BlockedSet:
    """One IP set, as CloudFormation refers to it.

    Args:
        name: Its name.
        identifier: Its id.
        scope: REGIONAL or CLOUDFRONT.
        version: 4 or 6.
    """

    name: str
    identifier: str
    scope: str
    version: int

    @classmethod
    def from_text(cls, text: str) -> BlockedSet:
        """Read ``<version>|<name>|<id>|<scope>``.

        Raises:
            ValueError: It is no such text.
        """
        version, _, reference = text.partition("|")
        parts = reference.split("|")
        if version not in {"4", "6"} or len(parts) != _PARTS or parts[2] not in {"REGIONAL", "CLOUDFRONT"}:
            raise ValueError("a reference to an IP set is none")
        return cls(parts[0], parts[1], parts[2], int(version))


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The sets that the responder fills. What people put in stays, unless a machine blocked the same.

    Args:
        client: WAF, by Region: None for the chatbot's own.
        sets: All of them: those of the distribution and those of the API and the sign-in.
        protected_networks: Networks that are never blocked by a machine.
        sleep: Waits so many seconds.
    """

    client: Callable[[str | None], WAFV2Client]
    sets: Sequence[BlockedSet]
    protected_networks: Collection[str]
    sleep: Callable[[float], None] = field(default=time.sleep)

    def protecting_network(self, address: str) -> str | None:
        """The network that keeps an address from being blocked; None mostly."""
        network = ipaddress.ip_network(address)
        for protected in self.protected_networks:
            kept = ipaddress.ip_network(protected)
            if kept.version == network.version and kept.overlaps(network):
                return protected
        return None

    def change(self, *, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
        """Put networks into the sets of their IP version, and take others out.

        Raises:
            BusyError: A set was changed by others at every try.
            botocore.exceptions.ClientError: WAF refused.
        """
        for blocked in self.sets:
            self._change(blocked, _of(blocked, add), _of(blocked, remove))

    def _change(self, blocked: BlockedSet, add: set[str], remove: set[str]) -> None:
        if not add and not remove:
            return
        client = self.client(EDGE_REGION if blocked.scope == "CLOUDFRONT" else None)
        named: dict[str, Any] = {"Name": blocked.name, "Id": blocked.identifier, "Scope": blocked.scope}
        for attempt in range(_TRIES):
            held = client.get_ip_set(**named)
            before = set(held["IPSet"]["Addresses"])
            after = (before - remove) | add
            if after == before:
                return
            try:
                client.update_ip_set(**named, Addresses=sorted(after), LockToken=held["LockToken"])
            except ClientError as error:
                if error.response.get("Error", {}).get("Code") != _STALE:
                    raise
                self.sleep(0.1 * 2**attempt)
            else:
                return
        raise BusyError


def _of(blocked: BlockedSet, networks: Collection[str]) -> set[str]:
    return {entry for entry in networks if ipaddress.ip_network(entry).version == blocked.version}
