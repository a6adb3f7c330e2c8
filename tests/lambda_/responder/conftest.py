"""A responder before an embedded Cognito, DynamoDB, WAF, Parameter Store and S3."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from responder.actor import Actor, Terms
from responder.addresses import Addresses, BlockedSet
from responder.ledger import Ledger
from responder.records import Records
from responder.users import Users
from response_restore.restorer import Restorer
from response_rows import Action, ActionKind, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_dynamodb import DynamoDBClient

NOW = datetime(2026, 11, 23, 18, 0, 0, tzinfo=UTC)
TERMS = Terms(
    acting=True,
    slowed_seconds=1800,
    pause_seconds=30,
    blocked_seconds=3600,
    users_per_hour=3,
    addresses_per_hour=2,
    switches_per_day=1,
)


@dataclass
class Bucket:
    """Stands for S3; a key is written once."""

    error: Exception | None = None
    content: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def put_object(self, **arguments: Any) -> dict[str, Any]:
        if self.error is not None:
            raise self.error
        assert arguments["IfNoneMatch"] == "*"
        self.content.setdefault(arguments["Key"], json.loads(arguments["Body"]))
        return {}


@dataclass
class World:
    """What the responder may act on."""

    client: Callable[[str], Any]
    table: str
    standing: str
    pool: str
    sets: list[BlockedSet]
    bucket: Bucket
    clock: datetime = NOW
    terms: Terms = TERMS
    protected_networks: tuple[str, ...] = ()
    waits: list[float] = field(default_factory=list[float])

    @property
    def users(self) -> Users:
        return Users(
            pool=self.client("cognito-idp"),
            pool_id=self.pool,
            table=self.client("dynamodb"),
            standing_table=self.standing,
            protected_roles=("approver", "operator"),
        )

    @property
    def addresses(self) -> Addresses:
        waf = self.client("wafv2")
        return Addresses(
            client=lambda _region: waf,
            sets=self.sets,
            protected_networks=self.protected_networks,
            sleep=self.waits.append,
        )

    @property
    def ledger(self) -> Ledger:
        return Ledger(client=self.client("dynamodb"), table_name=self.table)

    @property
    def actor(self) -> Actor:
        records: Any = self.bucket
        return Actor(
            ledger=self.ledger,
            records=Records(records, "audit"),
            users=self.users,
            addresses=self.addresses,
            parameters=self.client("ssm"),
            kill_switch="switch",
            terms=self.terms,
            now=lambda: self.clock,
        )

    @property
    def restorer(self) -> Restorer:
        records: Any = self.bucket
        return Restorer(
            ledger=self.ledger,
            records=Records(records, "audit"),
            users=self.users,
            addresses=self.addresses,
            parameters=self.client("ssm"),
            kill_switch="switch",
            table=self.client("dynamodb"),
            now=lambda: self.clock,
        )

    def act(self, kind: ActionKind, subject: str, incident: str = "incident-1") -> Result:
        """One action, on the evidence of one request."""
        action = Action(
            kind=kind, subject=subject, reason="a test", owasp=("LLM01",), count=10, evidence=("request-1",)
        )
        return self.actor.act(action, incident)

    def later(self, **time: float) -> None:
        """Let time go by."""
        self.clock += timedelta(**time)

    def new_user(self, name: str, *groups: str) -> str:
        """A user of the pool; its subject."""
        cognito = self.client("cognito-idp")
        cognito.admin_create_user(UserPoolId=self.pool, Username=name, MessageAction="SUPPRESS")
        for group in groups:
            cognito.admin_add_user_to_group(UserPoolId=self.pool, Username=name, GroupName=group)
        found = cognito.admin_get_user(UserPoolId=self.pool, Username=name)
        return str(next(entry["Value"] for entry in found["UserAttributes"] if entry["Name"] == "sub"))

    def enabled(self, name: str) -> bool:
        """Whether the account is."""
        answer = self.client("cognito-idp").admin_get_user(UserPoolId=self.pool, Username=name)
        return bool(answer["Enabled"])

    def state(self, user_id: str) -> str | None:
        """How the user stands."""
        key = {"pk": {"S": f"user#{user_id}"}, "sk": {"S": "standing"}}
        row = self.client("dynamodb").get_item(TableName=self.standing, Key=key).get("Item")
        return row["standing_state"]["S"] if row else None

    def blocked(self) -> list[list[str]]:
        """What is in each set."""
        waf = self.client("wafv2")
        return [
            sorted(waf.get_ip_set(Name=one.name, Id=one.identifier, Scope=one.scope)["IPSet"]["Addresses"])
            for one in self.sets
        ]

    def switch(self) -> str:
        """The kill switch."""
        return str(self.client("ssm").get_parameter(Name="switch")["Parameter"]["Value"])


@pytest.fixture
def world(
    embedded_aws: str, build_client: Callable[..., Any], dynamodb: DynamoDBClient, table: str
) -> Iterator[World]:
    """Fresh tables, pool, sets and switch."""
    clients: dict[str, Any] = {"dynamodb": dynamodb}

    def client(service: str) -> Any:
        if service not in clients:
            clients[service] = build_client(service, endpoint_url=embedded_aws)
        return clients[service]

    cognito, waf = client("cognito-idp"), client("wafv2")
    pool = cognito.create_user_pool(PoolName=table)["UserPool"]["Id"]
    for group in ("role-operator", "role-support", "tenant-acme"):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    sets: list[BlockedSet] = []
    for scope in ("REGIONAL", "CLOUDFRONT"):
        for version in (4, 6):
            name = f"{table}-{scope}-{version}"
            made = waf.create_ip_set(Name=name, Scope=scope, IPAddressVersion=f"IPV{version}", Addresses=[])[
                "Summary"
            ]
            sets.append(BlockedSet(name, made["Id"], scope, version))
    client("ssm").put_parameter(Name="switch", Value="off", Type="String", Overwrite=True)
    # Both hold rows of other keys, so one table serves.
    yield World(client, table, table, pool, sets, Bucket())
    cognito.delete_user_pool(UserPoolId=pool)
