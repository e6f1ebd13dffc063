"""The dialogs that add and edit an application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.content import Content

from followup.domain import recording
from followup.domain.application import Application, Contact
from followup.domain.board import Card
from followup.domain.errors import InputError
from followup.domain.events import Applied
from followup.tracker import Tracker
from followup.ui.external_editor import edit_application
from followup.ui.screens.dates import DateField
from followup.ui.screens.fields import EmailField, Field, PageField, TagsField, TextField, WebField
from followup.ui.screens.form import Form, title


class ApplicationForm(Form[Application]):
    """What adding and editing have in common: the company, the role and whom to write to."""

    def __init__(self, application: Application) -> None:
        """Fill the fields in from an application."""
        super().__init__()
        self.application = application
        contact = application.contact or Contact()
        self.company = TextField(
            "Company", application.company, needed="name the company you apply to"
        )
        self.role = TextField("Role", application.role, needed="name the job you apply for")
        self.contact = TextField("Contact", contact.name, hint="whom to write to")
        self.email = EmailField("E-mail", contact.email)
        self.phone = TextField("Phone", contact.phone)
        self.linkedin = WebField("LinkedIn", contact.linkedin)
        self.url = WebField("Job page", application.url)
        self.tags = TagsField("Tags", ", ".join(application.tags), hint="with commas between them")

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields that both dialogs show."""
        return (
            self.company,
            self.role,
            self.contact,
            self.email,
            self.phone,
            self.linkedin,
            self.url,
            self.tags,
        )

    def result(self) -> Application:
        """Return the application with what the fields say; further contacts stay."""
        contact = Contact(
            name=self.contact.value,
            email=self.email.value,
            phone=self.phone.value,
            linkedin=self.linkedin.value,
        )
        known = () if contact == Contact() else (contact,)
        return replace(
            self.application,
            company=self.company.value,
            role=self.role.value,
            contacts=(*known, *self.application.contacts[1:]),
            url=self.url.value,
            tags=self.tags.value,
        )


class AddScreen(ApplicationForm):
    """Asks for a new application and what has happened so far."""

    def __init__(self, tracker: Tracker) -> None:
        """Begin with an application that was sent today."""
        super().__init__(Application(company="", role=""))
        self.clock = tracker.clock
        self.applied = DateField("Applied", self.clock, "today")
        self.interview = DateField(
            "Interview", self.clock, prefer="future", hint="empty, or such as fri 14:00"
        )

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("New application")

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields, the dates last."""
        return (*super().fields(), self.applied, self.interview)

    def result(self) -> Application:
        """Return the application with its first facts."""
        application, zone = super().result(), self.clock.zone
        if applied := self.applied.value:
            application = application.with_event(recording.at_fact(Applied, applied, zone))
        if starts := self.interview.value:
            application = application.with_event(recording.interview(starts, None, zone))
        return application


class EditScreen(ApplicationForm):
    """Edits what an application says beside its timeline; all of it as text in an editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "edit_outside", "Editor", id="form.editor", priority=True),
    ]

    def __init__(self, card: Card, tracker: Tracker) -> None:
        """Fill the fields in from the card."""
        application = card.application
        super().__init__(application)
        self.card = card
        self.tracker = tracker
        self.location = TextField("Location", application.location)
        self.salary = TextField("Salary", application.salary)
        self.source = TextField("Found on", application.source)
        self.notes = PageField("Notes", application.notes, hint="ctrl+j starts a new line")

    def heading(self) -> Content:
        """Return what the dialog is about."""
        return title("Edit", self.card)

    def fields(self) -> Iterable[Field[Any]]:
        """Return the fields, the rarer ones last."""
        return (*super().fields(), self.location, self.salary, self.source, self.notes)

    def result(self) -> Application:
        """Return the application as edited, its timeline as it was."""
        return replace(
            super().result(),
            location=self.location.value,
            salary=self.salary.value,
            source=self.source.value,
            notes=self.notes.value,
        )

    def action_edit_outside(self) -> None:
        """Go on in the user's editor with what was typed so far, the timeline included."""
        try:
            so_far = self.result()
        except InputError as fault:
            self.complain(str(fault))
            return
        if answer := edit_application(self.app, so_far, self.tracker):
            edited, page = answer
            page.drop()
            self.dismiss(edited)
