"""What the roles and users of a deployment may do, solved from every policy that decides on it."""

from collections.abc import Iterator

from genai_defense.checks.read.deployment import Deployment
from genai_defense.checks.template_graph import TemplateGraph
from genai_defense.checks.variants import variants
from genai_defense.proofs.iam.account import Account
from genai_defense.proofs.iam.claims import Claim, prove_claim
from genai_defense.proofs.iam.controls import control_claims
from genai_defense.proofs.iam.escalation import escalation_claims
from genai_defense.proofs.iam.invocation import invocation_claims
from genai_defense.proofs.iam.others import other_claims
from genai_defense.proofs.iam.rows import row_claims
from genai_defense.proofs.proof import Proof, Verdict

_RANK = {Verdict.HOLDS: 0, Verdict.UNKNOWN: 1, Verdict.FAILS: 2}


def prove(deployment: Deployment) -> Iterator[Proof]:
    """Prove what must hold of the policies of a deployment, in every way in which its conditions can be.

    Args:
        deployment: Templates that are deployed together; those of the organization may be among them.

    Raises:
        UnusableInputError: The policies hold too many values that only the deployment knows.

    Returns:
        One proof for each claim: the worst of those for the ways to deploy.
    """
    worst: dict[str, Proof] = {}
    for conditions in variants(deployment.templates):
        account = Account(TemplateGraph(deployment.templates, conditions))
        for claim in _claims(account):
            proof = prove_claim(claim, account)
            earlier = worst.get(claim.id)
            if earlier is None or _RANK[proof.verdict] > _RANK[earlier.verdict]:
                worst[claim.id] = proof
    yield from worst.values()


def _claims(account: Account) -> Iterator[Claim]:
    for claims in (invocation_claims, control_claims, row_claims, escalation_claims, other_claims):
        yield from claims(account)
