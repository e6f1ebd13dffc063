"""Clues: what an invitation says of the application that it belongs to (design, section 9)."""

from __future__ import annotations

from msgspec import Struct


class Clues(Struct, frozen=True, kw_only=True):
    """What a row of a file says of its application, where it does not name it outright.

    ``title`` is the subject of an invitation, ``text`` the rest that it says. ``addresses`` are
    those of the people in it, ``domains`` the ones of companies among them, and ``company`` is
    whose they seem to be. Only what ``is_interview`` by the looks of it makes an application of
    its own. ``application_id`` is the one that the user named, 0 where they named none.
    """

    title: str
    text: str = ""
    addresses: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    company: str = ""
    is_interview: bool = True
    application_id: int = 0
