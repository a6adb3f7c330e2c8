"""How `genai-defense check` writes what it found: text, JSON, SARIF, JUnit and Markdown."""
