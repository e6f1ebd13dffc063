"""Finding applications by their words."""

from __future__ import annotations

from followup.domain.application import Application


def matches(application: Application, text: str) -> bool:
    """Tell whether every word of the text stands somewhere in the application.

    Upper and lower case count the same; an empty text matches everything.
    """
    contacts = (f"{contact.name} {contact.email}" for contact in application.contacts)
    words = " ".join(
        (
            application.company,
            application.role,
            *contacts,
            *application.tags,
            application.location,
            application.source,
            application.notes,
        )
    ).casefold()
    return all(word in words for word in text.casefold().split())
