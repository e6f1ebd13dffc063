"""``replies``: hear answers and bounces, from the mailbox or from files (design, section 9)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.lines import Cell, bold, dim, line_of, note, say, table, warn_of_facts_ahead
from followup.cli.options import json_option, when_option
from followup.cli.session import Session, pass_session
from followup.domain import recording
from followup.domain.errors import InputError, RefusedError
from followup.domain.events import AnyEvent, Interview
from followup.domain.mailbox import Suggestion
from followup.domain.secret import Secret
from followup.domain.telling import told_moment
from followup.domain.text import clean
from followup.domain.when import When, parse_when
from followup.tracker import Tracker

if TYPE_CHECKING:
    from followup.hearing import News, Round


@click.command(
    epilog=examples(
        "followup replies",
        "followup replies --from ~/Mail/Inbox --from answer.eml --dry-run",
        "followup replies --list",
        'followup replies --accept 2 --starts "tue 14:00"',
        "*/30 * * * * followup replies   # in a crontab",
    )
)
@click.option(
    "--from",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Hear an .eml or mbox file or a Maildir, which stays as it is; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would happen.")
@click.option(
    "--yes", is_flag=True, help="Agree to what is suggested, but for what closes an application."
)
@click.option("--list", "only_list", is_flag=True, help="Only show what is still to be said.")
@click.option("--accept", type=int, metavar="N", help="Agree to a suggestion.")
@click.option("--dismiss", type=int, metavar="N", help="Be asked no more about a suggestion.")
@click.option("--for", "application_id", type=int, metavar="ID", help="Whose it is, with --accept.")
@when_option("--starts", "future", "When the interview starts, with --accept.")
@json_option
@pass_session
def replies(
    session: Session,
    paths: Sequence[Path],
    dry_run: bool,
    yes: bool,
    only_list: bool,
    accept: int | None,
    dismiss: int | None,
    application_id: int | None,
    starts: When | None,
    as_json: bool,
) -> None:
    """Look for answers and bounces in your mailbox, in which nothing is changed.

    What is certain goes on the timeline at once; you are asked about the rest. The mailbox is
    set up under [replies] in the configuration.
    """
    tracker = session.tracker
    if accept is not None:
        _accept(tracker, accept, application_id, starts)
    elif dismiss is not None:
        tracker.hearing.dismiss(dismiss)
        say(f"suggestion {dismiss} is dropped")
    elif only_list:
        _show_suggestions(tracker, as_json=as_json)
    elif tracker.newest_fact_ahead() and not dry_run:
        # Nothing is done by itself while the clock stands wrong (design, section 6).
        warn_of_facts_ahead(tracker)
    else:
        _listen(tracker, paths, dry_run=dry_run, yes=yes, as_json=as_json)


def _listen(
    tracker: Tracker, paths: Sequence[Path], *, dry_run: bool, yes: bool, as_json: bool
) -> None:
    hearing = tracker.hearing
    if paths:
        heard = hearing.listen_to_files(paths, dry_run=dry_run)
    else:
        heard = hearing.listen(_typed(hearing.asks), dry_run=dry_run)
    suggestions = hearing.suggestions()
    agreed = [] if dry_run or not yes else [one for one in suggestions if _is_plain(one)]
    if as_json:
        for one in agreed:
            hearing.accept(one.number)
        open_still = [one for one in suggestions if one not in agreed]
        print_json(_document(heard, open_still, dry_run=dry_run))
        return
    _tell(tracker, heard, dry_run=dry_run)
    for one in agreed:
        _accept(tracker, one.number, None, None)
    for one in suggestions:
        if one in agreed or dry_run:
            continue
        if _somebody_is_there():
            _ask(tracker, one)
        else:
            _show_suggestion(tracker, one)


def _is_plain(suggestion: Suggestion) -> bool:
    """Tell whether ``--yes`` is answer enough: one application, and it stays open."""
    return (
        len(suggestion.applications) == 1
        and not suggestion.closes
        and bool(suggestion.events or suggestion.came_back)
    )


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _typed(question: str) -> Secret | None:
    if not question or not sys.stdin.isatty():
        return None
    return Secret(click.prompt(clean(question), hide_input=True, err=True))


# Telling


def _tell(tracker: Tracker, heard: Round, *, dry_run: bool) -> None:
    table([_row(tracker, news) for news in heard.news], wrap=True)
    for id_ in heard.confirmed:
        say(f"known to be sent now: the message for {_named(tracker, id_)}")
    for subject in heard.unreadable:
        say(f"cannot be read: {subject or 'a mail without a subject'}")
    mails = f"{heard.looked_at} mail{'' if heard.looked_at == 1 else 's'}"
    if not heard.news:
        say(f"nothing new in {mails}")
        return
    say(f"{len(heard.news)} of {mails} {'would be' if dry_run else ''} heard".replace("  ", " "))
    if not dry_run and any(news.effect.events or news.effect.came_back for news in heard.news):
        say("`followup undo` takes it back")


def _row(tracker: Tracker, news: News) -> Sequence[Cell]:
    mail = news.heard.mail
    sure = news.heard.match.sure
    whose = _named(tracker, news.application_id)
    return (
        Cell(news.heard.kind.replace("_", " "), bold),
        Cell(whose if sure else f"perhaps {whose}"),
        Cell(f"{news.heard.sender}: {mail.subject}", dim),
        Cell(news.effect.said),
    )


def _named(tracker: Tracker, id_: int) -> str:
    application = tracker.repository.get(id_)
    return f"{id_} {clean(application.company)}" if application else str(id_)


def _show_suggestions(tracker: Tracker, *, as_json: bool) -> None:
    suggestions = tracker.hearing.suggestions()
    if as_json:
        print_json([_suggested(one) for one in suggestions])
        return
    for one in suggestions:
        _show_suggestion(tracker, one)
    if not suggestions:
        say("nothing is left to say")


def _show_suggestion(tracker: Tracker, suggestion: Suggestion) -> None:
    say(f"{suggestion.number}  {_told(tracker, suggestion)}")
    more = ""
    if len(suggestion.applications) > 1:
        more += f" --for {suggestion.applications[0]}"
    if suggestion.is_invitation and not _booked(tracker, suggestion, None):
        more += " --starts WHEN"
    number = suggestion.number
    say(f"   `followup replies --accept {number}{more}`, or --dismiss {number}")


def _booked(
    tracker: Tracker, suggestion: Suggestion, application_id: int | None
) -> tuple[Interview, ...]:
    id_ = application_id or suggestion.applications[0]
    return tracker.hearing.interviews_of(suggestion, id_)


def _told(tracker: Tracker, suggestion: Suggestion) -> str:
    booked = "".join(
        f" on {told_moment(one.at, tracker.zone)}" for one in _booked(tracker, suggestion, None)
    )
    when = told_moment(suggestion.at, tracker.zone)
    whose = " or ".join(_named(tracker, id_) for id_ in suggestion.applications)
    return (
        f"{suggestion.question}{booked} for {whose}?"
        f" {suggestion.sender}, {when}: {suggestion.subject or 'no subject'}"
    )


# Asking


def _ask(tracker: Tracker, suggestion: Suggestion) -> None:
    """Ask about a suggestion; an empty answer leaves it for another time."""
    say(_told(tracker, suggestion))
    application_id: int | None = None
    if len(suggestion.applications) > 1:
        ids = [str(id_) for id_ in suggestion.applications]
        answer = click.prompt("Which one (n: none)", type=click.Choice([*ids, "n", ""]), default="")
        if not answer:
            return
        agreed, application_id = answer != "n", int(answer) if answer != "n" else None
    else:
        agreed = click.confirm("Is that so?", default=False)
    if not agreed:
        tracker.hearing.dismiss(suggestion.number)
        return
    is_open = suggestion.is_invitation and not _booked(tracker, suggestion, application_id)
    starts = _asked_when(tracker) if is_open else None
    if is_open and starts is None and not suggestion.events:
        return
    _accept(tracker, suggestion.number, application_id, starts)


def _asked_when(tracker: Tracker) -> When | None:
    while True:
        text = click.prompt(
            "When does it start (empty: not known yet)", default="", show_default=False
        )
        if not text:
            return None
        try:
            return parse_when(text, tracker.now(), tracker.zone, "future")
        except InputError as fault:
            note(str(fault))


def _accept(tracker: Tracker, number: int, application_id: int | None, starts: When | None) -> None:
    suggestion = tracker.hearing.suggestion(number)
    more: Iterable[AnyEvent] = ()
    if starts:
        more = (recording.interview(starts, None, tracker.zone, suggestion.subject),)
    elif (
        suggestion.is_invitation
        and not suggestion.events
        and not _booked(tracker, suggestion, application_id)
    ):
        raise RefusedError(f"when is it? `followup replies --accept {number} --starts WHEN`")
    application = tracker.hearing.accept(number, application_id, *more)
    say(line_of(tracker.card_of(application), tracker))


# For scripts


def _document(heard: Round, suggestions: Iterable[Suggestion], *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "looked_at": heard.looked_at,
        "heard": [_heard(news) for news in heard.news],
        "suggestions": [_suggested(one) for one in suggestions],
        "confirmed": list(heard.confirmed),
        "unreadable": list(heard.unreadable),
    }


def _heard(news: News) -> dict[str, Any]:
    mail, match = news.heard.mail, news.heard.match
    return {
        "class": str(news.heard.kind),
        "application": match.applications[0] if match.sure else None,
        "applications": list(match.applications),
        "by": str(match.way),
        "from": mail.sender.email,
        "subject": mail.subject,
        "at": mail.at and mail.at.isoformat(),
        "text": mail.text,
        "why": news.heard.judgement.why,
        "did": news.effect.said,
        "calendar": bool(mail.calendar),
        "suggestion": news.effect.suggestion.number if news.effect.suggestion else None,
    }


def _suggested(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "number": suggestion.number,
        "class": suggestion.kind,
        "question": suggestion.question,
        "applications": list(suggestion.applications),
        "from": suggestion.sender,
        "subject": suggestion.subject,
        "at": suggestion.at.isoformat(),
        "closes": suggestion.closes,
        "command": f"followup replies --accept {suggestion.number}",
    }
