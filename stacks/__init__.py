"""The sample chatbot, one thin stack a file; each reads like the picture in the README."""
