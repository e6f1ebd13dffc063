"""Plugins: what they can hook into, where they are found, and the host that asks them."""
