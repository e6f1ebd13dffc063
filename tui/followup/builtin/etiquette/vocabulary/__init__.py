"""The vocabularies: how each language puts pressure on somebody, and how it does not."""
