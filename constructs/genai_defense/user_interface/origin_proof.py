"""How the API knows that a request came through the distribution: by a secret that only CloudFront adds."""

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge

ORIGIN_HEADER = "x-origin-verify"
_LENGTH = 48


class OriginProof(Construct):
    """A generated secret that the distribution sends to its API origin in the header `x-origin-verify`.

    The API's web ACL lets nothing through without it. Nobody types or reads it: CloudFormation puts it into
    the distribution and into the web ACL by dynamic reference, so it stands in no template. A secret never
    changes its value, for CloudFormation would not notice. It is rotated by a new generation: the web ACL
    accepts the new and the previous one, the distribution sends the new one, and no request is lost in
    between. One deployment per generation: raise the number by one, deploy, and the generation before the
    previous one is gone.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the secrets.
        generation: Number of the current secret, 1 or more. Default: 1.
        removal_policy: What `cdk destroy` does to the secrets. Default: they are deleted: without the
            distribution they open nothing.

    Attributes:
        current: The secret that the distribution sends: 48 letters and digits.
        accepted: The secrets that the web ACL lets in: the current one, and from the second generation on
            the previous one.

    Raises:
        ValueError: When `generation` is less than 1.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html,
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        generation: int = 1,
        removal_policy: RemovalPolicy = RemovalPolicy.DESTROY,
    ) -> None:
        super().__init__(scope, construct_id)
        if generation < 1:
            raise ValueError(
                f"OriginProof {self.node.path}: generation is {generation}; the first one is 1. "
                "Give 1 or more."
            )
        self._encryption_key = encryption_key
        self._removal_policy = removal_policy
        self.accepted = tuple(self._secret(number) for number in (generation, generation - 1) if number >= 1)
        self.current = self.accepted[0]

    def header_value(self) -> str:
        """What the distribution sends: a dynamic reference, never the value itself."""
        return self.current.secret_value.unsafe_unwrap()

    def accepted_values(self) -> tuple[str, ...]:
        """What the web ACL compares with: dynamic references, never the values themselves."""
        return tuple(secret.secret_value.unsafe_unwrap() for secret in self.accepted)

    def _secret(self, number: int) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            f"Generation{number}",
            description=f"Proof that a request came through the distribution, generation {number}",
            encryption_key=self._encryption_key,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=_LENGTH, exclude_punctuation=True, include_space=False
            ),
            removal_policy=self._removal_policy,
        )
        # The distribution's stack moves on to another generation; the export must outlive that deployment.
        Stack.of(self).export_value(secret.secret_arn)
        acknowledge(
            secret,
            "AwsSolutions-SMG4",
            "OwaspLlm-SecretRotates",
            *(f"{pack}-SecretsManagerRotationEnabled" for pack in CONTROL_PACKS if pack != "PCI.DSS.321"),
            reason="CloudFormation copies the value into the distribution and the web ACL and would not "
            "notice a rotation in place; a new generation is a new secret, and both are accepted during the "
            "change.",
        )
        return secret
