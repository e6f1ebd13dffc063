"""A whole application as a text that its user edits: TOML with comments, read back and checked."""

from followup.application_text.application import ApplicationText

__all__ = ["ApplicationText"]
