"""Calendars: invitations that come in, and our own calendar that goes out (RFC 5545)."""
