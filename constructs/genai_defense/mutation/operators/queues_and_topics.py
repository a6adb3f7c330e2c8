"""SQS and SNS: keys, dead letters, lifetimes, subscriptions."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_most, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set

_QUEUE = "AWS::SQS::Queue"
_TOPIC = "AWS::SNS::Topic"

KEY = dropped(
    "message-key-removed",
    CONVENTIONAL,
    (_QUEUE, _TOPIC),
    "KmsMasterKeyId",
    "No key of ours encrypts its messages.",
)
REDRIVE = dropped(
    "queue-dead-letters-lost", CONVENTIONAL, _QUEUE, "RedrivePolicy", "What fails is lost in the end."
)
RETENTION = changed(
    "queue-forgets",
    CONVENTIONAL,
    _QUEUE,
    "MessageRetentionPeriod",
    at_most(60),
    "Messages are gone after a minute.",
)
PROTOCOL = changed(
    "subscription-http",
    CONVENTIONAL,
    "AWS::SNS::Subscription",
    "Protocol",
    lambda raw: "http" if raw == "https" else None,
    "Messages travel in the clear.",
)
FIFO = changed(
    "topic-signature-old", CONVENTIONAL, _TOPIC, "SignatureVersion", "1", "Messages are signed with SHA-1."
)


@operator(id="queue-plain", mutant_class=CONVENTIONAL, resource_types=(_QUEUE,))
def plain(site: Site) -> Iterator[Weakening]:
    """SQS encrypts with a key of its own unless told not to."""
    if site.get("SqsManagedSseEnabled") is not False:
        gone = (site.edit(("KmsMasterKeyId",)),) if is_set(site.get("KmsMasterKeyId")) else ()
        yield site.weakening(
            "Messages lie unencrypted.", site.edit(("SqsManagedSseEnabled",), value=False), *gone
        )
