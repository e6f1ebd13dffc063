"""Finding applications by their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.stage import Stage


def select(
    cards: Iterable[Card],
    *,
    stages: Collection[Stage] = (),
    tags: Collection[str] = (),
    text: str = "",
) -> tuple[Card, ...]:
    """Return the cards of these stages (none: of all) that have all the tags and match a text."""
    return tuple(
        card
        for card in cards
        if (not stages or card.stage in stages)
        and set(tags) <= set(card.application.tags)
        and matches(card.application, text)
    )


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
