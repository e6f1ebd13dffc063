"""The user's own editor, for texts that are easier to write there."""

from __future__ import annotations

from textual.app import App, SuspendNotSupported

from followup.application_text import ApplicationText
from followup.domain.application import Application
from followup.domain.errors import FollowupError
from followup.domain.text import clean
from followup.editing import Page
from followup.tracker import Tracker


def edit_text(text: str) -> str:
    """Open a text in ``$VISUAL`` or ``$EDITOR`` and return it as it was saved.

    Takes the terminal until the editor ends. Raises ``RefusedError`` where there is no such
    editor or it fails; the text is unharmed then.
    """
    page = Page(text, ".txt")
    edited = page.edit(lambda typed: typed)
    page.drop()
    return edited


def edit_application(
    app: App[None], application: Application, tracker: Tracker
) -> tuple[Application, Page] | None:
    """Have the user edit an application in their editor, and return it with its page.

    The page is for whoever stores the application to drop. Returns none where nothing was
    changed, or where it came to nothing and that was said.
    """
    text = ApplicationText(application, tracker.clock, tracker.policy)
    page = Page(text.write(), ".toml")
    fault: FollowupError | None = None
    edited = application
    try:
        with app.suspend():
            # Nothing may be raised in here: the screen would not come back.
            try:
                edited = page.edit(text.read, lambda _: True)
            except FollowupError as refusal:
                fault = refusal
    except SuspendNotSupported:
        page.drop()
        app.notify("No editor can be opened from here.", severity="error", markup=False)
        return None
    if fault:
        app.notify(clean(str(fault)), severity="error", timeout=20, markup=False)
        return None
    if edited == application:
        page.drop()
        app.notify("Nothing was changed.", markup=False)
        return None
    return edited, page
