"""KMS keys: rotation, how long a deletion waits, lockout."""

from genai_defense.mutation.factories import CONVENTIONAL, at_least, at_most, changed, dropped

_KEY = "AWS::KMS::Key"

ROTATION = changed(
    "key-rotation-off",
    CONVENTIONAL,
    _KEY,
    "EnableKeyRotation",
    value=False,
    sentence="The key stays the same for ever.",
)
ROTATION_OUT = dropped(
    "key-rotation-removed",
    CONVENTIONAL,
    _KEY,
    "EnableKeyRotation",
    "The key stays the same for ever.",
    when=lambda raw: raw in (True, "true"),
)
PERIOD = changed(
    "key-rotation-slow",
    CONVENTIONAL,
    _KEY,
    "RotationPeriodInDays",
    at_least(2560),
    "The key lasts seven years.",
)
WINDOW = changed(
    "key-deleted-in-a-week",
    CONVENTIONAL,
    ("AWS::KMS::ReplicaKey", _KEY),
    "PendingWindowInDays",
    at_most(7),
    "A week after the call the key is gone.",
)
