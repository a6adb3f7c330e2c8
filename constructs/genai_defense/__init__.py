"""Defense in depth for generative-AI chatbots on AWS: constructs, checks and proof that the controls hold."""

from importlib.metadata import version

__version__ = version("genai-defense")
