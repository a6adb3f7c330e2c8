"""Gives users, addresses and the chatbot back. What was counted against them is recorded, and forgotten."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from response_rows import ActionKind
from response_rows.plan import COUNTERS_OF_ADDRESSES, COUNTERS_OF_THE_SERVICE, COUNTERS_OF_USERS, SERVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_ssm import SSMClient

    from responder.addresses import Addresses
    from responder.ledger import Ledger
    from responder.records import Records
    from responder.users import Users

SWITCH_OFF: Final = "off"
_COUNTERS: Final = {
    "user": COUNTERS_OF_USERS,
    "address": COUNTERS_OF_ADDRESSES,
    "service": COUNTERS_OF_THE_SERVICE,
}
_USER_KINDS: Final = (ActionKind.WARN_USER, ActionKind.SLOW_USER, ActionKind.DISABLE_USER)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class RestoreError(ValueError):
    """The request names nothing that can be given back; the text says what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorer:
    """Restores.

    Args:
        ledger: What is in force.
        records: Where each restoration is recorded.
        users: Users and their standing.
        addresses: Blocked addresses.
        parameters: Parameter Store.
        kill_switch: Name of the parameter that stops the chatbot.
        table: DynamoDB, for the counters.
        now: Clock, UTC.
    """

    ledger: Ledger
    records: Records
    users: Users
    addresses: Addresses
    parameters: SSMClient
    kill_switch: str
    table: DynamoDBClient
    now: Callable[[], datetime] = field(default=_utc_now)

    def restore(self, kind: str, subject: str, request: str, operator: str) -> dict[str, Any]:
        """Give something back.

        Args:
            kind: ``user``, ``address`` or ``service``.
            subject: The user's id, the address or network; nothing for the service.
            request: Id of the invocation, names the record.
            operator: Who says to be asking; the trail knows who it was.

        Raises:
            RestoreError: There is no such thing.
            Exception: A step failed; the same again goes on where it ended.
        """
        steps = {"user": self._user, "address": self._address, "service": self._service}
        if kind not in steps:
            raise RestoreError(f"{kind!r} cannot be restored. Allowed: {', '.join(steps)}.")
        now = self.now()
        subject = self._named(kind, subject)
        told = {"kind": kind, "subject": subject, "operator": operator[:200], "request": request}
        rows = list(self._counted(kind, subject))
        started = told | {"status": "started", "counted": [counted_of(row) for row in rows]}
        self.records.write(f"restore-{request}/started", now, started)
        # What was counted goes first: otherwise the next refusal would lead to the same again.
        for row in rows:
            self.table.delete_item(
                TableName=self.ledger.table_name, Key={name: row[name] for name in ("pk", "sk")}
            )
        steps[kind](subject)
        self.records.write(f"restore-{request}/done", now, told | {"status": "done"})
        return {"kind": kind, "subject": subject, "status": "restored"}

    def expire(self, request: str) -> dict[str, Any]:
        """Let go every address whose time is over.

        Raises:
            Exception: A step failed; the next run takes it again.
        """
        now = self.now()
        at = int(now.timestamp())
        held = self.ledger.in_force(ActionKind.BLOCK_ADDRESS)
        over = sorted(address for address, block in held.items() if not block.holds(at))
        if not over:
            return {"expired": 0, "still": len(held)}
        self.addresses.change(remove=over)
        ended = [one for one in over if self.ledger.end_at(ActionKind.BLOCK_ADDRESS, one, held[one].until)]
        # Blocked again since it was looked up: what was taken out a moment ago goes back.
        self.addresses.change(add=[address for address in over if address not in ended])
        if ended:
            self.records.write(f"expired-{request}", now, {"status": "expired", "addresses": ended})
        return {"expired": len(ended), "still": len(held) - len(ended)}

    @staticmethod
    def _named(kind: str, text: str) -> str:
        """The subject as it was counted and acted on."""
        if kind != "address":
            return SERVICE if kind == SERVICE else text
        try:
            network = str(ipaddress.ip_network(text, strict=False))
        except ValueError:
            raise RestoreError(f"{text[:50]!r} is no address. Allowed: one, or a network.") from None
        if ":" in network and network.endswith("/128"):
            # Counted and blocked by its /64.
            network = str(ipaddress.ip_network(network).supernet(new_prefix=64))
        return network

    def _user(self, user_id: str) -> None:
        self.users.restore(user_id)
        for kind in _USER_KINDS:
            self.ledger.end(kind, user_id)

    def _address(self, network: str) -> None:
        self.addresses.change(remove=[network])
        self.ledger.end(ActionKind.BLOCK_ADDRESS, network)

    def _service(self, _subject: str) -> None:
        self.parameters.put_parameter(Name=self.kill_switch, Value=SWITCH_OFF, Overwrite=True)
        self.ledger.end(ActionKind.THROW_KILL_SWITCH, SERVICE)

    def _counted(self, kind: str, subject: str) -> Iterator[dict[str, Any]]:
        for counter in _COUNTERS[kind]:
            query: dict[str, Any] = {
                "TableName": self.ledger.table_name,
                "KeyConditionExpression": "pk = :pk",
                "ExpressionAttributeValues": {":pk": {"S": f"{counter}#{subject}"}},
                "ConsistentRead": True,
            }
            while True:
                page: Any = self.table.query(**query)
                yield from page["Items"]
                if "LastEvaluatedKey" not in page:
                    break
                query["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def counted_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A counter's row as records and evidence show it."""
    return {
        "counter": row["pk"]["S"].partition("#")[0],
        "window": row["sk"]["S"],
        "total": int(row["total"]["N"]),
        "ids": sorted(row["ids"]["SS"]),
    }
