"""Secrets Manager: keys, rotation, how secrets are made."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_least, at_most, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set

_SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 - the name of a type
_ROTATION = "AWS::SecretsManager::RotationSchedule"

KEY = dropped("secret-key-removed", CONVENTIONAL, _SECRET, "KmsKeyId", "AWS manages the key of the secret.")
LENGTH = changed(
    "secret-short",
    CONVENTIONAL,
    _SECRET,
    "GenerateSecretString.PasswordLength",
    at_most(6),
    "Six characters are few.",
)
PERIOD = changed(
    "secret-rotates-yearly",
    CONVENTIONAL,
    _ROTATION,
    "RotationRules.AutomaticallyAfterDays",
    at_least(1000),
    "The secret lasts for years.",
)


@operator(id="secret-in-template", mutant_class=CONVENTIONAL, resource_types=(_SECRET,))
def literal(site: Site) -> Iterator[Weakening]:
    """Whoever reads the template knows it."""
    if is_set(site.get("GenerateSecretString")):
        yield site.weakening(
            "The secret is written in the template.",
            site.edit(("GenerateSecretString",)),
            site.edit(("SecretString",), "correct-horse-battery-staple"),
        )
