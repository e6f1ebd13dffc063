"""Addresses of profiles: what is one, and the pages that are opened for it.

Of an address only the member's name is kept, once it is checked; every page is built from
that name alone, so nothing else of what was stored or imported is ever opened.
"""

from __future__ import annotations

import re
from unicodedata import category
from urllib.parse import quote, unquote

from followup.api import InputError, clean

LONGEST_NAME = 100  # characters; https://www.linkedin.com/help/linkedin/answer/87

_SITE = "https://www.linkedin.com"
# ASCII: without it, letters such as the Kelvin sign would count as those that they resemble.
_PROFILE = re.compile(
    r"https://(?:(?:www|[a-z]{2})\.)?linkedin\.com/in/([^/?#]+)/?(?:[?#].*)?",
    re.ASCII | re.IGNORECASE,
)
_LETTERS_MARKS_DIGITS = "LMN"  # the first letter of their categories in Unicode


def member_name(url: str) -> str:
    """Return the name in the address of a profile, percent-decoded.

    A query and a fragment, as copied links have them, are dropped. Raises ``InputError``
    for every address but ``https://[xx.|www.]linkedin.com/in/NAME``.
    """
    profile = _PROFILE.fullmatch(url)
    name = unquote(profile[1]) if profile else ""
    if not _is_name(name):
        # In ASCII, look-alike letters show.
        raise InputError(
            f"{clean(url)!a} is no LinkedIn profile: write it like {_SITE}/in/dana-lee"
        )
    return name


def messaging_page(name: str) -> str:
    """Return the address of the conversation with a member."""
    return f"{_SITE}/messaging/compose/?recipient={quote(name)}"


def profile_page(name: str) -> str:
    """Return the address of a member's profile."""
    return f"{_SITE}/in/{quote(name)}/"


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and all(
        character in "-_" or category(character)[0] in _LETTERS_MARKS_DIGITS for character in name
    )
