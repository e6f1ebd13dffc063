"""Plugins of others in a process of their own: what they do there cannot hurt the program."""
