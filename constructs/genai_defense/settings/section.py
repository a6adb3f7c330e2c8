"""What every section of the settings shares."""

from genai_defense.section import Section

__all__ = ["Section"]
