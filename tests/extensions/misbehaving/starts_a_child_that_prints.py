"""Starts a program that prints to the streams it was given."""

from __future__ import annotations

import subprocess

subprocess.run(["/bin/echo", "hello from a child"], check=True)
