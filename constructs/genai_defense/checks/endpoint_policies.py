"""What the policy of a VPC endpoint lets through."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Unknown
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.reach import literally
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque

_SERVICE = re.compile(r"\.([a-z0-9-]+)$")
_OF_AWS = re.compile(r"^(com|cn\.com)\.amazonaws\.(?!vpce\.)")


def service_of(endpoint: Resource) -> str | None:
    """The AWS service that an endpoint leads to, such as `s3`; None for services of others."""
    name = literally(endpoint.get("ServiceName"))
    found = _SERVICE.search(name)
    return found[1] if found and _OF_AWS.match(name) else None


def allows(endpoint: Resource) -> Iterator[Statement]:
    """The statements of an endpoint's policy that may allow something; none where it has no policy."""
    document = endpoint.get("PolicyDocument")
    if document is not None:
        yield from (each for each in statements(document, "PolicyDocument") if each.may_allow)


def opaque(statement: Statement) -> Answer | None:
    """Unknown, for a statement that the template does not spell out."""
    return Unknown(statement.path, statement.body.why) if isinstance(statement.body, Opaque) else None
