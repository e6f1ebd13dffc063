"""Finding applications by their words, and by conditions on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from followup.domain.application import Application
from followup.domain.board import Card
from followup.domain.events import Note
from followup.domain.query import Query, letters
from followup.domain.stage import Stage


def select(
    cards: Iterable[Card],
    *,
    stages: Collection[Stage] = (),
    tags: Collection[str] = (),
    text: str = "",
) -> tuple[Card, ...]:
    """Return the cards of these stages (none: of all) that have all the tags and match a text.

    The text is what ``Query.of`` reads.
    """
    query = Query.of(text)
    return tuple(
        card
        for card in cards
        if (not stages or card.stage in stages)
        and set(tags) <= set(card.application.tags)
        and query.fits(card, words_of(card.application))
    )


def words_of(application: Application) -> str:
    """Return everything about an application that is searched, in letters."""
    contacts = (f"{contact.name} {contact.email}" for contact in application.contacts)
    notes = (event.text for event in application.events if isinstance(event, Note))
    texts = (
        application.company,
        application.role,
        *contacts,
        *application.tags,
        application.location,
        application.source,
        application.notes,
        *notes,
    )
    return " ".join(map(letters, texts))


class Finder:
    """Finds cards again and again: the words of each application are put together once."""

    def __init__(self) -> None:
        """Begin with no words."""
        self._known: dict[int, tuple[Application, str]] = {}

    def found(self, cards: Iterable[Card], query: Query) -> tuple[Card, ...]:
        """Return the cards that are looked for."""
        return tuple(card for card in cards if query.fits(card, self._words(card.application)))

    def _words(self, application: Application) -> str:
        known = self._known.get(application.id)
        if known is None or known[0] is not application:
            known = self._known[application.id] = application, words_of(application)
        return known[1]
