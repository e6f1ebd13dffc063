"""What plugins import, and all that they may import of followup.

Importing it loads neither Textual nor TinyDB nor click. Names are only ever added; one
that goes is deprecated first. ``docs/api.md`` says of each what it is for.
"""

from __future__ import annotations

import pluggy

from followup.domain.application import Application, Contact
from followup.domain.badge import LONGEST_BADGE, Badge
from followup.domain.board import Board, Card, Column
from followup.domain.bookings import own_uid, recurrence_uid
from followup.domain.channel import (
    AskingChannel,
    Channel,
    ComposingChannel,
    ContactField,
    File,
    Receipt,
    SendingChannel,
    needed_by,
    reaches,
)
from followup.domain.clues import Clues
from followup.domain.command import Command
from followup.domain.errors import DeliveryError, InputError, RefusedError, UnconfirmedError
from followup.domain.etiquette import ComparingRule, Rule
from followup.domain.events import (
    EVENT_NAMES,
    AnyEvent,
    Applied,
    Event,
    FollowUp,
    Interview,
    Note,
    Outcome,
    OutcomeKind,
    Promise,
    Reopen,
    Reply,
    Snooze,
)
from followup.domain.exchange import (
    FIELD_TITLES,
    SAVED,
    UNDATED,
    ColumnReading,
    DateOrder,
    Exporter,
    Importer,
    ImportField,
    ImportOptions,
    ImportReading,
    ImportRow,
    OpenQuestionError,
    Problem,
    UnreadableFileError,
)
from followup.domain.hygiene import checked_application, checked_url
from followup.domain.instants import (
    EARLIEST_YEAR,
    END_OF_INTERVIEW_DAY,
    LATEST_YEAR,
    NOON,
    after,
    at_time,
    day_of,
    spoken,
    spoken_day,
    start_of_day,
)
from followup.domain.message import Message, Severity, Thread, Verdict
from followup.domain.passage import Mark
from followup.domain.policy import Policy
from followup.domain.pursuit import Pursuit
from followup.domain.quoting import own_lines
from followup.domain.secret import Secret
from followup.domain.sentences import count as count_sentences
from followup.domain.sentences import enough as enough_sentences
from followup.domain.settings import Settings
from followup.domain.stage import Stage, Standing
from followup.domain.step import Step, StepKind
from followup.domain.telling import told, told_anchor
from followup.domain.template import Template
from followup.domain.text import ONE_LINE_LIMIT, PAGE_LIMIT, clean, clean_page
from followup.domain.timeline import Timeline
from followup.domain.tracking import Draft, Tracker
from followup.domain.wording import span as span_of_time
from followup.secrets import secret_from_command, secret_from_keyring

__all__ = [
    # Beginning
    "API_VERSION",
    "hookimpl",
    # Applications and their timelines
    "Application",
    "Contact",
    "ContactField",
    "AnyEvent",
    "Applied",
    "Event",
    "EVENT_NAMES",
    "FollowUp",
    "Interview",
    "Note",
    "Outcome",
    "OutcomeKind",
    "Promise",
    "Reopen",
    "Reply",
    "Snooze",
    "Timeline",
    # The board
    "Board",
    "Card",
    "Column",
    "Stage",
    "Standing",
    "Mark",
    # The tracker, for scripts and commands
    "Draft",
    "Tracker",
    # Channels
    "AskingChannel",
    "Channel",
    "ComposingChannel",
    "File",
    "Message",
    "Receipt",
    "SendingChannel",
    "Thread",
    "needed_by",
    "reaches",
    # Policies
    "Policy",
    "Pursuit",
    "Step",
    "StepKind",
    "told_anchor",
    # Rules
    "ComparingRule",
    "Rule",
    "Severity",
    "Verdict",
    "count_sentences",
    "enough_sentences",
    # Templates, badges, commands
    "Template",
    "Badge",
    "LONGEST_BADGE",
    "Command",
    # File formats
    "Clues",
    "ColumnReading",
    "DateOrder",
    "Exporter",
    "FIELD_TITLES",
    "ImportField",
    "ImportOptions",
    "ImportReading",
    "ImportRow",
    "Importer",
    "Problem",
    "SAVED",
    "UNDATED",
    "checked_application",
    "checked_url",
    "own_uid",
    "recurrence_uid",
    # Settings and secrets
    "Secret",
    "Settings",
    "secret_from_command",
    "secret_from_keyring",
    # Errors that users read
    "DeliveryError",
    "InputError",
    "OpenQuestionError",
    "RefusedError",
    "UnconfirmedError",
    "UnreadableFileError",
    # Time
    "EARLIEST_YEAR",
    "END_OF_INTERVIEW_DAY",
    "LATEST_YEAR",
    "NOON",
    "after",
    "at_time",
    "day_of",
    "span_of_time",
    "spoken",
    "spoken_day",
    "start_of_day",
    # Text
    "ONE_LINE_LIMIT",
    "PAGE_LIMIT",
    "clean",
    "clean_page",
    "own_lines",
    "told",
]

API_VERSION = 1
"""Grows with every change that a plugin could notice."""

hookimpl = pluggy.HookimplMarker("followup")
"""Marks a function as the implementation of the hook of its name."""
