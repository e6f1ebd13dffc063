"""What reads files and mail from outside, fed with any bytes: it refuses in its own words or not.

``READERS`` take bytes and raise where something other than a refusal comes of them; ``SEEDS``
are sound files for each, made by the program itself, from which damaged ones are bred.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path

from builders import DAY, HOUR, application, applied, interview, outcome, promise, reply, sent
from exports import BERLIN, EXPORTERS, HOSTILE, IMPORTERS, NOW, board, export
from followup.domain import merging
from followup.domain.exchange import ImportOptions, UnreadableFileError
from followup.mail import reading
from followup.mail.classifying import classify
from followup.mail.letters import Letter
from followup.store import Repository, StoreError, doctor, journal
from mail.post import mail

_SEAM = b"\n=== journal ===\n"
_CRC_LENGTH = 9  # characters of a line in the journal, the blank behind it included

APPLICATIONS = (
    application(applied(NOW - 30 * DAY), interview(NOW - 9 * DAY), sent(NOW - 6 * DAY)),
    application(
        applied(NOW - 20 * DAY),
        reply(NOW - 9 * DAY),
        promise(NOW - 8 * DAY, by=(NOW + DAY).date()),
        interview(NOW + DAY),
        company="Łódź, =1+1",
        notes=HOSTILE,
        tags=("hot", "a,b"),
    ),
    application(applied(NOW - 9 * DAY), outcome(NOW - DAY), company="Initech"),
)
SHEET = b"""My job search;;;
Company;Position;Date applied;Status
Globex;SRE;11/20/24, 8:15 AM;Interview 3/14
"Ini
tech";Backend;13.11.2024;Rejected (no reason)
Hooli;Ops;Mar 3 - Mar 5;N/A
"""
INVITATION = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
METHOD:REQUEST\r
BEGIN:VTIMEZONE\r
TZID:Customized Time Zone\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:1@globex.example\r
SEQUENCE:2\r
DTSTAMP:20260301T120000Z\r
DTSTART;TZID="Customized Time Zone":20260320T140000\r
DURATION:PT45M\r
RRULE:FREQ=WEEKLY;COUNT=4\r
EXDATE;TZID=W. Europe Standard Time:20260327T140000\r
ORGANIZER;CN="Lee, Dana":mailto:dana@globex.example\r
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:sam.poe@mail.example\r
SUMMARY:Interview SRE\\, Globex\r
END:VEVENT\r
END:VCALENDAR\r
"""
PARTS = b"""--x\r
Content-Type: text/html; charset=windows-1252\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>We decide by Friday=2E</p><blockquote>you wrote</blockquote>\r
--x\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.globex.example\r
\r
Final-Recipient: rfc822; dana@globex.example\r
Action: failed\r
Status: 5.1.1\r
--x\r
Content-Type: text/calendar; method=REQUEST\r
Content-Transfer-Encoding: base64\r
\r
QkVHSU46VkNBTEVOREFSDQpFTkQ6VkNBTEVOREFSDQo=\r
--x--\r
"""


def read_file(name: str, data: bytes) -> None:
    """Take in a file as one of a format, and write what came of it in every format."""
    for importer in IMPORTERS.values():
        assert 0 <= importer.sniff(data) <= 1
    try:
        found = IMPORTERS[name].read(BytesIO(data), ImportOptions(now=NOW, zone=BERLIN))
    except UnreadableFileError:
        return
    applications = [row.application for row in merging.merge([], found).new]
    merging.merge(applications, found)
    for exporter in EXPORTERS.values():
        exporter.write(board(*applications), BytesIO(), BERLIN)


def read_mail(data: bytes) -> None:
    """Read a mail, and judge what it is."""
    letter = Letter(raw=data, received=NOW)
    reading.read_headers(letter, NOW)
    classify(reading.read(letter, NOW))


def open_store(data: bytes) -> None:
    """Open a store of these files, change it, open it again and have it repaired."""
    snapshot, _, changes = data.partition(_SEAM)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "followup.json"
        path.write_bytes(snapshot)
        if changes:
            journal.beside(path).write_bytes(changes)
        with suppress(StoreError):
            _use(path)
        with suppress(StoreError):
            doctor.examine(path)
            doctor.repair(path)
            _use(path)


def open_sealed_store(data: bytes) -> None:
    """Open a store whose changes say something wrong, each of them whole as it seems."""
    snapshot, seam, changes = data.partition(_SEAM)
    open_store(snapshot + seam + b"".join(map(_sealed, changes.splitlines(keepends=True))))


def _sealed(line: bytes) -> bytes:
    generation, _, rest = line[_CRC_LENGTH:].rstrip(b"\n").partition(b" ")
    number, _, content = rest.partition(b" ")
    if not (generation.isdigit() and number.isdigit() and len(generation + number) < 20):
        return line
    return journal.encoded(int(generation), int(number), content)


def _use(path: Path) -> None:
    repository = Repository(path)
    try:
        before = repository.applications()
        if repository.read_only:
            return
        with repository.change("try", NOW) as changes:
            changes.add(APPLICATIONS[0])
        repository.undo(NOW)
        assert repository.applications() == before
        repository.history()
    finally:
        repository.close()


def _store() -> bytes:
    """A store in whose journal stands the half of it."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "followup.json"
        repository = Repository(path)
        with repository.change("begin", NOW) as changes:
            changes.add(APPLICATIONS[0])
        repository.close()
        repository = Repository(path)
        for one in APPLICATIONS[1:]:
            with repository.change("go on", NOW) as changes:
                changes.add(one)
        repository.undo(NOW + HOUR)
        seed = path.read_bytes() + _SEAM + journal.beside(path).read_bytes().rstrip(b"\0")
        repository.close()
    return seed


READERS: Mapping[str, Callable[[bytes], None]] = {
    **{name: partial(read_file, name) for name in ("csv", "json", "ics")},
    "eml": read_mail,
    "store": open_store,
    "journal": open_sealed_store,
}
SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "csv": lambda: [export("csv", *APPLICATIONS), SHEET],
    "json": lambda: [export("json", *APPLICATIONS)],
    "ics": lambda: [export("ics", *APPLICATIONS), INVITATION],
    "eml": lambda: [
        mail("We decide by Friday.\n\n> you wrote", in_reply_to="<1@x>"),
        mail(PARTS.decode(), kind='multipart/report; report-type="delivery-status"; boundary=x'),
        mail("Out of office", subject="=?utf-8?q?Automatische_Antwort?=", auto_submitted="yes"),
    ],
    "store": lambda: [_store()],
    "journal": lambda: [_store()],
}
