"""What the roles and users of a deployment may do, solved from every policy that decides on it."""

from collections.abc import Iterator

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import TemplateGraph
from genai_defense.proofs.every_way import in_every_way
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.claims import Claim, prove_claim
from genai_defense.proofs.iam.controls import control_claims
from genai_defense.proofs.iam.escalation import escalation_claims
from genai_defense.proofs.iam.invocation import invocation_claims
from genai_defense.proofs.iam.others import other_claims
from genai_defense.proofs.iam.rows import row_claims
from genai_defense.proofs.proof import Proof


def prove(deployment: Deployment) -> Iterator[Proof]:
    """Prove what must hold of the policies of a deployment, in every way in which its conditions can be.

    Args:
        deployment: Templates that are deployed together; those of the organization may be among them.

    Raises:
        UnusableInputError: The policies hold too many values that only the deployment knows.
    """
    yield from in_every_way(deployment, _prove)


def _prove(graph: TemplateGraph) -> Iterator[Proof]:
    account = Account(graph)
    yield from (prove_claim(claim, account) for claim in _claims(account))


def _claims(account: Account) -> Iterator[Claim]:
    for claims in (invocation_claims, control_claims, row_claims, escalation_claims, other_claims):
        yield from claims(account)
