"""The fields of an application as options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from msgspec.structs import replace

from followup.cli.options import Function
from followup.domain.application import Application, Contact
from followup.tracker import Tracker

_OF_CONTACT = {"contact": "name", "email": "email", "phone": "phone", "linkedin": "linkedin"}
_OF_APPLICATION = (
    "company",
    "role",
    "url",
    "location",
    "salary",
    "source",
    "notes",
    "policy",
)


def field_options(command: Function) -> Function:
    """Give a command the options for the fields of an application."""
    options = (
        click.option("--contact", metavar="NAME", help="Whom to write to."),
        click.option("--email", metavar="E", help="Their e-mail address."),
        click.option("--phone", metavar="P", help="Their phone number."),
        click.option("--linkedin", metavar="URL", help="Their LinkedIn page."),
        click.option("--tag", "tags", metavar="T", multiple=True, help="A tag; may be repeated."),
        click.option("--url", metavar="U", help="The page of the job."),
        click.option("--location", metavar="L", help="Where it is."),
        click.option("--salary", metavar="S", help="What it pays."),
        click.option("--source", metavar="S", help="Where you found it."),
        click.option("--notes", metavar="TEXT", help="Anything else."),
        click.option("--policy", metavar="NAME", help="Its timing policy, if not the usual one."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def with_fields(
    application: Application, fields: Mapping[str, Any], tracker: Tracker
) -> Application:
    """Return the application with the fields that were given; tags are added to its own.

    Contact options are about its first contact. Raises ``RefusedError`` for a policy that
    there is not.
    """
    if fields["policy"]:
        tracker.policy(fields["policy"])
    known = {
        field: fields[option] for option, field in _OF_CONTACT.items() if fields[option] is not None
    }
    contacts = application.contacts
    if known:
        contacts = (replace(application.contact or Contact(), **known), *contacts[1:])
    return replace(
        application,
        contacts=contacts,
        tags=(*application.tags, *fields["tags"]),
        **{name: fields[name] for name in _OF_APPLICATION if fields.get(name) is not None},
    )
