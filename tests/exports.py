"""Boards for tests of what is written to files, and of what comes back from them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from io import BytesIO

from hypothesis import strategies as st
from msgspec.structs import replace

from followup.api import Exporter, Importer
from followup.builtin.exporters import register_exporters
from followup.builtin.importers import register_importers
from followup.builtin.patient import Patient, PatientSettings
from followup.domain.application import Application, Contact
from followup.domain.board import Board
from followup.domain.exchange import ImportOptions, ImportReading
from followup.domain.hygiene import checked_application
from strategies import histories

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in register_exporters()}
IMPORTERS: dict[str, Importer] = {importer.name: importer for importer in register_importers()}
HOSTILE = '=x|"# <script>alert(1)</script> [a](javascript:x) ![b](c) `d` *e* &lt; \\ _f_\n- g, h;'


def board(*applications: Application, now: datetime = NOW, zone: str = BERLIN) -> Board:
    """A board of these applications, numbered from 1."""
    foresee = partial(Patient().steps, settings=PatientSettings(), zone=zone)
    numbered = [replace(one, id=number) for number, one in enumerate(applications, start=1)]
    return Board.of(numbered, lambda _: foresee, now).with_histories(lambda _: foresee)


def export(name: str, *applications: Application, now: datetime = NOW, zone: str = BERLIN) -> bytes:
    """The file that a format makes of these applications."""
    stream = BytesIO()
    EXPORTERS[name].write(board(*applications, now=now, zone=zone), stream, zone)
    return stream.getvalue()


def take_in(name: str, data: bytes, zone: str = BERLIN) -> ImportReading:
    """What is read of a file, which is recognised by what is in it."""
    assert max(IMPORTERS, key=lambda one: IMPORTERS[one].sniff(data[:65536])) == name
    return IMPORTERS[name].read(BytesIO(data), ImportOptions(now=NOW, zone=zone))


texts = st.text(max_size=8) | st.sampled_from([HOSTILE, "=1", "'+1", "a;b", 'a"b', "Łódź"])
contacts = st.builds(
    Contact,
    name=texts,
    email=st.sampled_from(["", "dana@globex.example"]),
    phone=st.sampled_from(["", "+49 30 1234567"]),
    linkedin=st.sampled_from(["", "https://www.linkedin.com/in/dana"]),
)
anything = st.builds(
    Application,
    company=texts.map("Globex ".__add__),
    role=texts.map("SRE ".__add__),
    contacts=st.lists(contacts, max_size=2).map(tuple),
    tags=st.lists(texts, max_size=2).map(tuple),
    url=st.sampled_from(["", "https://globex.example/jobs?id=1&x=<y>"]),
    location=texts,
    salary=texts,
    source=texts,
    notes=texts,
    policy=st.sampled_from(["", "patient"]),
    events=histories.map(tuple),
).map(checked_application)
lists = st.lists(anything, max_size=4)
