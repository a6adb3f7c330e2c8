"""Turns values of a template into patterns: one character for each thing that only the deployment knows."""

import re
from collections.abc import Hashable, Iterator

from genai_defense.checks.read.errors import UnusableInputError
from genai_defense.checks.template_graph import Resource, Template
from genai_defense.checks.values import Opaque, Pseudo, Reference, Text, Unresolved, Value
from genai_defense.proofs.iam.pattern import FIXED, GIVEN, MOST_STAND_INS, NAME, STAR, literal, wild

# Type, to the attributes that are its ARN, and to that ARN: {R} the Region, {A} the account, {N} the name.
_ARNS = {
    "AWS::Bedrock::ApplicationInferenceProfile": (
        ("Ref", "InferenceProfileArn"),
        "arn:aws:bedrock:{R}:{A}:application-inference-profile/{N}",
    ),
    "AWS::Bedrock::Guardrail": (("Ref", "GuardrailArn"), "arn:aws:bedrock:{R}:{A}:guardrail/{N}"),
    "AWS::Bedrock::KnowledgeBase": (("KnowledgeBaseArn",), "arn:aws:bedrock:{R}:{A}:knowledge-base/{N}"),
    "AWS::DynamoDB::GlobalTable": (("Arn",), "arn:aws:dynamodb:{R}:{A}:table/{N}"),
    "AWS::DynamoDB::Table": (("Arn",), "arn:aws:dynamodb:{R}:{A}:table/{N}"),
    "AWS::IAM::Role": (("Arn",), "arn:aws:iam::{A}:role{N}"),
    "AWS::IAM::User": (("Arn",), "arn:aws:iam::{A}:user{N}"),
    "AWS::KMS::Key": (("Arn",), "arn:aws:kms:{R}:{A}:key/{N}"),
    "AWS::Lambda::Function": (("Arn",), "arn:aws:lambda:{R}:{A}:function:{N}"),
    "AWS::S3::Bucket": (("Arn",), "arn:aws:s3:::{N}"),
    "AWS::SNS::Topic": (("Ref", "TopicArn"), "arn:aws:sns:{R}:{A}:{N}"),
    "AWS::SQS::Queue": (("Arn",), "arn:aws:sqs:{R}:{A}:{N}"),
}
_NAMED_BY = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
}
_MAY_RETURN_ANYTHING = ("Custom::", "AWS::CloudFormation::")
_SAME_EVERYWHERE = {"AWS::AccountId", "AWS::URLSuffix"}
_VARIABLE = re.compile(r"\$\{([^}]*)}")
# CloudFormation cuts both parts of a name that it makes, when they are long.
_NAME_CHARS = 24
_CDK_TEMPLATE = ".template.json"


class Texts:
    """Which character stands for what, in all templates of one deployment."""

    def __init__(self) -> None:
        self._stand_ins: dict[Hashable, str] = {}
        self._shown: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._named: set[Resource] = set()

    def pattern(self, value: Value, template: Template, *, wildcards: bool) -> str | None:
        """A value as pattern; None when it is no text.

        Args:
            value: The resolved value.
            template: Where it stands, whose Region and parameters it means.
            wildcards: Whether asterisk and question mark are wildcards in it.
        """
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return str(value)
        if isinstance(value, str):
            return self._written(value, wildcards=wildcards)
        if isinstance(value, Text):
            parts = [self.pattern(part, template, wildcards=wildcards) for part in value.parts]
            return "".join(part for part in parts if part is not None)
        return self._opaque(value, template) if isinstance(value, Opaque) else None

    def variables(self, pattern: str) -> list[str]:
        """The condition keys whose values a pattern takes from the request."""
        return [self._keys[char] for char in pattern if char in self._keys]

    def shown(self, pattern: str) -> str:
        """A pattern in words."""
        return "".join(self._shown.get(char, "*" if char == STAR else char) for char in pattern).replace(
            "\ue001", "?"
        )

    def arn(self, resource: Resource) -> str:
        """The ARN of a resource whose ARN is known, or a stand-in for it."""
        if resource.type not in _ARNS or resource in self._named:
            return self._stand_in((resource, "Arn"), f"{{{resource.logical_id}}}", NAME)
        shape = _ARNS[resource.type][1]
        region = self._opaque(Pseudo("AWS::Region"), resource.template)
        name = self._name(resource)
        if shape.endswith(("role{N}", "user{N}")):
            name = f"{self._own(resource, resource.get('Path') or '/')}{name}"
        return shape.replace("{R}", region).replace("{A}", self.account).replace("{N}", name)

    @property
    def account(self) -> str:
        """What stands for the account's number."""
        return self._stand_in(("AWS::AccountId", ""), "{AWS::AccountId}", FIXED)

    def _own(self, resource: Resource, value: Value) -> str | None:
        """A part of a resource's name; nothing where it leads back to the name itself."""
        if resource in self._named:
            return None
        self._named.add(resource)
        try:
            return self.pattern(value, resource.template, wildcards=False)
        finally:
            self._named.remove(resource)

    def _name(self, resource: Resource) -> str:
        given = resource.get(_NAMED_BY[resource.type]) if resource.type in _NAMED_BY else None
        if given is not None and (name := self._own(resource, given)):
            return name
        made = self._stand_in(("name", resource), f"{{{resource.logical_id}}}", NAME)
        if resource.type != "AWS::IAM::Role" or not resource.template.name.endswith(_CDK_TEMPLATE):
            return made
        stack = resource.template.name.removesuffix(_CDK_TEMPLATE).replace("\\", "/").rpartition("/")[2]
        if resource.template.nested_in or len(stack) > _NAME_CHARS:
            return made
        return f"{literal(stack)}-{literal(resource.logical_id[:_NAME_CHARS])}{made}"

    def _written(self, text: str, *, wildcards: bool) -> str:
        return "".join(self._pieces(text, wildcards=wildcards))

    def _pieces(self, text: str, *, wildcards: bool) -> Iterator[str]:
        for index, piece in enumerate(_VARIABLE.split(text)):
            if index % 2 == 0:
                yield wild(piece) if wildcards else literal(piece)
            elif piece in {"*", "?", "$"}:
                yield piece
            else:
                key, _, default = piece.partition(",")
                char = self._stand_in(("variable", piece), f"${{{literal(piece)}}}", FIXED)
                if not default:
                    self._keys[char] = key.strip().lower()
                yield char

    def _opaque(self, value: Opaque, template: Template) -> str:
        if isinstance(value, Reference):
            return self._reference(value.resource, value.attribute)
        if isinstance(value, Pseudo):
            if value.name == "AWS::Partition":
                return "aws"
            where = "" if value.name in _SAME_EVERYWHERE else template.name
            return self._stand_in((value.name, where), f"{{{value.name}}}", FIXED)
        reason = value.reason if isinstance(value, Unresolved) else value.why
        return self._stand_in((reason, template.name), f"{{{literal(reason)}}}", GIVEN)

    def _reference(self, resource: Resource, attribute: str) -> str:
        if attribute in _ARNS.get(resource.type, ((), ""))[0]:
            return self.arn(resource)
        if attribute == "Ref" and resource.type in _NAMED_BY:
            return self._name(resource)
        if resource.type == "AWS::EC2::VPCEndpoint":
            attribute = "Id"
        if resource.type.startswith(_MAY_RETURN_ANYTHING):
            return self._stand_in((resource, attribute), f"{{{resource.logical_id}.{attribute}}}", GIVEN)
        if attribute in {"Ref", "Id", "Arn"}:
            return self._stand_in((resource, attribute), f"{{{resource.logical_id}}}", NAME)
        return self._stand_in((resource, attribute), f"{{{resource.logical_id}.{attribute}}}", FIXED)

    def _stand_in(self, what: Hashable, shown: str, block: int) -> str:
        if what not in self._stand_ins:
            used = len(self._stand_ins)
            if used >= MOST_STAND_INS:
                raise UnusableInputError(
                    f"The policies hold more than {MOST_STAND_INS} values that only the deployment knows."
                )
            self._stand_ins[what] = chr(block + used)
            self._shown[chr(block + used)] = shown
        return self._stand_ins[what]
