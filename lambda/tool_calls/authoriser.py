"""The question to Verified Permissions. Whatever is not a clean ALLOW is a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from tool_calls.entities import NAMESPACE, Person, context_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_verifiedpermissions import VerifiedPermissionsClient
    from mypy_boto3_verifiedpermissions.type_defs import EntityIdentifierTypeDef, EntityItemTypeDef

logger = Logger(child=True)


class Resource(Protocol):
    """What is acted on."""

    @property
    def identifier(self) -> EntityIdentifierTypeDef:
        """Its entity."""
        ...

    @property
    def entity(self) -> EntityItemTypeDef:
        """Its entity with attributes."""
        ...


class Verdict(StrEnum):
    """What came of the question."""

    ALLOWED = "allowed"
    DENIED = "denied"
    """The policies said no."""
    UNAVAILABLE = "unavailable"
    """Nobody said anything that can be trusted, which is a no."""


@dataclass(frozen=True, slots=True)
class Authoriser:
    """Asks the policy store.

    Args:
        client: Verified Permissions.
        policy_store_id: Which store.
    """

    client: VerifiedPermissionsClient
    policy_store_id: str

    def ask(
        self, person: Person, action: str, resource: Resource, context: Mapping[str, str | int]
    ) -> Verdict:
        """Whether the person may do this.

        Args:
            person: Who, by verified claims.
            action: Name of a tool, or ``approve``.
            resource: On what.
            context: Arguments that the policies limit.
        """
        try:
            answer = self.client.is_authorized(
                policyStoreId=self.policy_store_id,
                principal=person.identifier,
                action={"actionType": f"{NAMESPACE}::Action", "actionId": action},
                resource=resource.identifier,
                context=context_of(context),
                entities={"entityList": [person.entity, resource.entity]},
            )
        except (BotoCoreError, ClientError) as error:
            logger.warning("authorisation failed", extra={"error": type(error).__name__})
            return Verdict.UNAVAILABLE
        return _verdict(answer)


def _verdict(answer: Any) -> Verdict:
    decision = answer.get("decision")
    # A policy that could not be evaluated may be the one that forbids.
    if answer.get("errors") != [] or decision not in ("ALLOW", "DENY"):
        logger.warning("authorisation unclear", extra={"errors": len(answer.get("errors") or ())})
        return Verdict.UNAVAILABLE
    determining = [policy.get("policyId") for policy in answer.get("determiningPolicies", [])]
    logger.info("authorised", extra={"decision": decision, "policies": determining})
    return Verdict.ALLOWED if decision == "ALLOW" else Verdict.DENIED
