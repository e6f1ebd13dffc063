"""Mail that comes back: reading it, telling what it is, and whose application it is about."""
