"""Phone numbers: read as people write them, and given as E.164 writes them."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from followup.api import InputError, clean

_NO_COUNTRY = "begin it with + and the country, or set `region` for those without"


def e164(number: str, region: str) -> str:
    """Return a number such as ``+491711234567``; ``region`` is where one without + belongs.

    Raises ``InputError`` where it is no number that anybody can have.
    """
    told = f"{clean(number, limit=60)!r}"
    try:
        parsed = phonenumbers.parse(number, region or None)
    except NumberParseException as fault:
        needs_country = fault.error_type == NumberParseException.INVALID_COUNTRY_CODE
        next_step = _NO_COUNTRY if needs_country else "check it"
        raise InputError(f"{told} is no phone number: {next_step}") from fault
    if not phonenumbers.is_valid_number(parsed):
        raise InputError(f"{told} is no phone number that is in use: check its digits")
    if parsed.extension:
        raise InputError(f"{told} has an extension: text messages do not reach one")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def is_region(code: str) -> bool:
    """Tell whether a code is one of ISO 3166-1 for a country that has phone numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS
