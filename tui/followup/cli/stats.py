"""``stats``: how often and how soon they answer, and how far applications come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.lines import Cell, bold, dim, say, table, warn_of_facts_ahead, width
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.domain import figures
from followup.domain.figures import Row, Table
from followup.domain.replies import OPEN_DAYS, TOO_FEW, Replies
from followup.domain.statistics import Statistics
from followup.domain.telling import told_moment
from followup.domain.timeline import Timeline

BAR = 14  # cells of a bar that means all
WIDE = 80  # cells of a line, in fewer of which there are no bars
_BLUE = partial(click.style, fg="blue")


@click.command(epilog=examples("followup stats", "followup --at 2026-06-01 stats --json"))
@json_option
@pass_session
def stats(session: Session, as_json: bool) -> None:
    """Show reply rates, how far applications came, and what each week brought.

    A figure has the number of its cases beside it.
    """
    tracker = session.tracker
    now = tracker.now()
    timelines = (
        Timeline.at(application.events, now) for application in tracker.repository.applications()
    )
    statistics = Statistics.of(timelines, now, tracker.zone)
    if as_json:
        print_json(document(statistics))
        return
    warn_of_facts_ahead(tracker)
    if not statistics.applications:
        for line in figures.EMPTY:
            say(line)
        return
    _print(statistics, tracker.zone)


def document(statistics: Statistics) -> dict[str, Any]:
    """Return statistics as ``stats --json`` has them; a figure of too few cases is null."""
    return {
        "at": statistics.now.isoformat(),
        "too_few": TOO_FEW,
        "open_days": OPEN_DAYS,
        "applications": statistics.applications,
        "open": statistics.open,
        "closed": {str(kind): count for kind, count in statistics.closed.items()},
        "replies": {
            "all": _replies(statistics.replies),
            "by_channel": [
                {"channel": channel, **_replies(replies)}
                for channel, replies in statistics.by_channel.items()
            ],
            "by_number": [
                {"number": number, **_replies(replies)}
                for number, replies in statistics.by_number.items()
            ],
        },
        "funnel": [
            {
                "milestone": str(reached.milestone),
                "count": reached.count,
                "share": reached.share,
                "before": reached.before,
                "onward": reached.onward,
            }
            for reached in statistics.funnel
        ],
        "weeks": [
            {
                "week": week.name,
                "monday": week.monday.isoformat(),
                "applications": week.applications,
                "replies": week.replies,
            }
            for week in statistics.weeks
        ],
    }


def _replies(replies: Replies) -> dict[str, Any]:
    return {
        "sent": replies.sent,
        "open": replies.open,
        "answered": replies.answered,
        "unanswered": replies.unanswered,
        "reply_rate": replies.rate,
        "median_days": replies.median_days,
    }


def _print(statistics: Statistics, zone: str) -> None:
    click.echo(f"{bold('Statistics')}  {dim(told_moment(statistics.now, zone))}")
    say(figures.summary(statistics))
    if statistics.replies.sent:
        by_channel, by_number = figures.replies(statistics)
        _print_table("Replies by channel", by_channel)
        _print_table("Replies by follow-up number", by_number)
    else:
        click.echo(f"\n{figures.NONE_SENT}")
    room = width() or WIDE
    bars = [figures.bar(reached.share, BAR) for reached in statistics.funnel if room >= WIDE]
    _print_table("How far they came", figures.funnel(statistics), bars)
    if statistics.open < statistics.applications:
        _print_table("How they ended", figures.ends(statistics))
    weeks = figures.recent(statistics)
    _print_table(f"The last {len(weeks)} weeks, by their Monday", figures.weekly(weeks))
    click.echo(f"\n{dim(click.wrap_text(figures.EXPLAINED, min(room, WIDE)))}")


def _print_table(title: str, shown: Table, bars: Sequence[str] = ()) -> None:
    """Print a table below its title, with a bar behind each row where there are any."""
    lines = [
        [Cell(title, bold), *(Cell(word, dim) for word in shown.headings)],
        *(_cells(row) for row in shown.rows),
    ]
    if bars:
        lines = [[*cells, Cell(bar, _BLUE)] for cells, bar in zip(lines, ["", *bars], strict=True)]
    click.echo()
    table(lines)


def _cells(row: Row) -> list[Cell]:
    """Return a row as cells; what is too few to be a figure is not the point."""
    shown = (
        Cell(figure.value + figure.cases, dim if figure.is_few else None) for figure in row.figures
    )
    return [Cell(f"  {row.name}"), *shown]
