"""SageMaker as a host of models: isolation, networks, keys, capture."""

from genai_defense.mutation.factories import CONVENTIONAL, GENAI, changed, dropped
from genai_defense.mutation.places import is_set

_MODEL = "AWS::SageMaker::Model"
_CONFIG = "AWS::SageMaker::EndpointConfig"
_NOTEBOOK = "AWS::SageMaker::NotebookInstance"
_DOMAIN = "AWS::SageMaker::Domain"

ISOLATION = changed(
    "model-isolation-off",
    GENAI,
    (_MODEL, _CONFIG),
    "EnableNetworkIsolation",
    value=False,
    sentence="Containers of the model reach the network.",
)
NETWORK = dropped(
    "model-network-removed", GENAI, (_MODEL, _CONFIG), "VpcConfig", "It runs outside of our network."
)
KEY = dropped("model-endpoint-key-removed", GENAI, _CONFIG, "KmsKeyId", "Its volumes have no key of ours.")
CAPTURE = changed(
    "model-capture-off",
    GENAI,
    _CONFIG,
    "DataCaptureConfig.EnableCapture",
    value=False,
    sentence="What the model is asked and answers is not captured.",
)
CAPTURE_KEY = dropped(
    "model-capture-key-removed",
    GENAI,
    _CONFIG,
    "DataCaptureConfig.KmsKeyId",
    "What is captured has no key of ours.",
)
ASYNC_KEY = dropped(
    "model-output-key-removed",
    GENAI,
    _CONFIG,
    "AsyncInferenceConfig.OutputConfig.KmsKeyId",
    "What the model answers has no key of ours.",
)
NOTEBOOK_INTERNET = changed(
    "notebook-internet",
    CONVENTIONAL,
    _NOTEBOOK,
    "DirectInternetAccess",
    "Enabled",
    "The notebook reaches the internet by itself.",
)
NOTEBOOK_ROOT = changed(
    "notebook-root", CONVENTIONAL, _NOTEBOOK, "RootAccess", "Enabled", "Whoever uses the notebook is root."
)
NOTEBOOK_KEY = dropped(
    "notebook-key-removed",
    CONVENTIONAL,
    (_NOTEBOOK, _DOMAIN),
    "KmsKeyId",
    "Its volume has no key of ours.",
    when=is_set,
)
DOMAIN_NETWORK = changed(
    "studio-internet",
    CONVENTIONAL,
    _DOMAIN,
    "AppNetworkAccessType",
    "PublicInternetOnly",
    "Studio reaches the internet by itself.",
)
