"""Roles as a whole: their boundary, how long a session lasts, what AWS manages for them."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, GENAI, at_least, changed, dropped
from genai_defense.mutation.operator import MutantClass, Operator, Site, Weakening
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array

_HOLDERS = ("AWS::IAM::Role", "AWS::IAM::User")


def _attached(operator_id: str, mutant_class: MutantClass, policy: str) -> Operator:
    """One mutant a holder: the managed policy is added to what it has."""

    def weaken(site: Site) -> Iterator[Weakening]:
        present = site.get("ManagedPolicyArns")
        arn = f"arn:aws:iam::aws:policy/{policy}"
        if (present is None or is_array(present)) and arn not in entries(present):
            yield site.weakening(
                f"{policy} is attached.", site.edit(("ManagedPolicyArns",), [*entries(present), arn])
            )

    return Operator(id=operator_id, mutant_class=mutant_class, resource_types=_HOLDERS, weaken=weaken)


ADMINISTRATOR = _attached("role-administrator", CONVENTIONAL, "AdministratorAccess")
POWER_USER = _attached("role-power-user", CONVENTIONAL, "PowerUserAccess")
BEDROCK = _attached("role-bedrock-full-access", GENAI, "AmazonBedrockFullAccess")
BOUNDARY = dropped(
    "role-boundary-removed",
    CONVENTIONAL,
    _HOLDERS,
    "PermissionsBoundary",
    "Nothing bounds what its policies may allow.",
)
SESSION = changed(
    "role-session-long",
    CONVENTIONAL,
    "AWS::IAM::Role",
    "MaxSessionDuration",
    at_least(43200),
    "A session lasts twelve hours.",
)
