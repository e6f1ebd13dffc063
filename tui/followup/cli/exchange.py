"""In and out: ``import`` and ``export``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click

from followup.cli.as_json import plain, print_json
from followup.cli.completing import complete_exporter, complete_id, complete_importer
from followup.cli.examples import examples
from followup.cli.lines import Cell, dim, say, table
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session
from followup.cli.waiting import waiting
from followup.domain.errors import InputError, RefusedError
from followup.domain.exchange import (
    ColumnReading,
    DateOrder,
    ImportField,
    ImportOptions,
    Problem,
)
from followup.importing import ImportPreview

IGNORE = "ignore"


def _read_columns(
    ctx: click.Context, param: click.Parameter, pairs: Sequence[str]
) -> dict[str, ImportField | None]:
    """Read ``COLUMN=FIELD`` options; the field follows the last equals sign."""
    fields: dict[str, ImportField | None] = {name: name for name in get_args(ImportField)}
    fields[IGNORE] = None
    columns = {}
    for pair in pairs:
        column, _, field = pair.rpartition("=")
        if not column or field.lower() not in fields:
            text = f"{pair!r} is not COLUMN=FIELD with one of {', '.join(fields)}"
            raise click.BadParameter(text, ctx, param)
        columns[column] = fields[field.lower()]
    return columns


@click.command(
    "import",
    epilog=examples(
        "followup import log.csv --dry-run",
        'followup import log.csv --map "Firm=company" --map "Mood=ignore" --date-order dmy',
        "followup import invitation.ics --for 3",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    metavar="F",
    shell_complete=complete_importer,
    help="Its format, where it is mistaken.",
)
@click.option(
    "--map",
    "columns",
    metavar="COLUMN=FIELD",
    multiple=True,
    callback=_read_columns,
    help=f"Read a column as a field, or as {IGNORE}; may be repeated.",
)
@click.option(
    "--date-order", type=click.Choice(get_args(DateOrder)), help="How the file writes dates."
)
@click.option("--company", default="", metavar="NAME", help="With whom an invitation is.")
@click.option(
    "--for",
    "application_id",
    type=click.IntRange(min=1),
    metavar="ID",
    shell_complete=complete_id,
    help="The application that an invitation is for.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would happen.")
@json_option
@pass_session
def import_(
    session: Session,
    file: Path,
    format_name: str | None,
    columns: dict[str, ImportField | None],
    date_order: DateOrder | None,
    company: str,
    application_id: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add the applications of a file; the same file again adds nothing."""
    tracker = session.tracker
    options = ImportOptions(
        now=tracker.now(),
        zone=tracker.zone,
        columns=columns,
        date_order=date_order,
        company=company,
        application_id=tracker.application(application_id).id if application_id else 0,
    )
    with waiting(f"Reading {file.name}"):
        preview = tracker.importing.preview(file, options, format_name)
    if not dry_run:
        with waiting(f"Storing {file.name}"):
            preview = tracker.importing.store(preview)
    if as_json:
        print_json(_document(preview, dry_run=dry_run))
    else:
        _tell(preview, dry_run=dry_run)


def _tell(preview: ImportPreview, *, dry_run: bool) -> None:
    reading, merge = preview.reading, preview.merge
    for line in reading.about:
        say(line)
    table(
        [
            Cell(column.name),
            Cell("is" if column.field else "is not read", dim),
            Cell(column.field or ""),
            Cell(_samples(column), dim),
        ]
        for column in reading.columns
    )
    for problem in preview.problems:
        say(_told(problem))
    if preview.stages:
        counts = (f"{number} {stage.label}" for stage, number in preview.stages.items())
        say(f"{'they would stand' if dry_run else 'they stand'} now: {', '.join(counts)}")
    done = "would be added" if dry_run else "added"
    say(
        f"{len(merge.new)} {done}, {len(merge.updated)} with new facts,"
        f" {len(merge.unchanged)} known already, {len(merge.duplicates)} repeated in the file,"
        f" {_counted(len(reading.problems) + len(merge.left_out), 'problem')}"
    )
    if not dry_run and (merge.new or merge.updated):
        say("`followup undo` takes it back")


def _samples(column: ColumnReading) -> str:
    shown = column.samples or tuple(filter(None, (column.sample,)))
    return f"such as {' | '.join(shown)}" if shown else ""


def _told(problem: Problem) -> str:
    where = f"{problem.file}, line {problem.line}" if problem.file else f"line {problem.line}"
    return f"{where}{f', {problem.column}' if problem.column else ''}: {problem.text}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number or 'no'} {what}s"


def _document(preview: ImportPreview, *, dry_run: bool) -> dict[str, object]:
    reading, merge = preview.reading, preview.merge
    return {
        "dry_run": dry_run,
        "new": len(merge.new),
        "updated": len(merge.updated),
        "unchanged": len(merge.unchanged),
        "duplicates": [plain(duplicate) for duplicate in merge.duplicates],
        "problems": [plain(problem) for problem in (*reading.problems, *merge.left_out)],
        "stages": {stage.value: number for stage, number in preview.stages.items()},
        "date_order": reading.date_order,
        "columns": [plain(column) for column in reading.columns],
        "about": list(reading.about),
    }


@click.command(
    epilog=examples("followup export csv applications.csv", "followup export json | jq .")
)
@click.argument("format_name", metavar="{json,csv,ics,md}", shell_complete=complete_exporter)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_session
def export(session: Session, format_name: str, file: Path | None, force: bool) -> None:
    """Write all applications to a file, or to standard output."""
    formats = session.host.exporters
    if format_name not in formats:
        raise click.UsageError(f"no format {format_name!r}: there are {', '.join(formats)}")
    if file is None or str(file) == "-":
        session.tracker.export(format_name, sys.stdout.buffer)
    else:
        _write(session, format_name, file, force=force)


def _write(session: Session, format_name: str, file: Path, *, force: bool) -> None:
    """Write a file for its user alone, whole or not at all."""
    if file.exists() and not file.is_file():
        raise InputError(f"{file} is not a file: give the path of one")
    if file.exists() and not force:
        raise RefusedError(f"{file} is there already: give another name, or --force")
    target = file.resolve()  # a symlink stays one
    try:
        descriptor, fresh = tempfile.mkstemp(dir=target.parent, prefix=f".{file.name}.")
    except OSError as fault:
        raise InputError(f"cannot write {file}: {fault.strerror}; check the path") from fault
    try:
        with os.fdopen(descriptor, "wb") as stream:
            session.tracker.export(format_name, stream)
        Path(fresh).replace(target)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
