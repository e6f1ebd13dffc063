"""Applications with anything in every field that there is, for Hypothesis.

The fields are those of the types, so that none which is added later is forgotten.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, get_args, get_type_hints

from hypothesis import assume
from hypothesis import strategies as st
from msgspec import Struct

from exports import contacts
from flat_rows import names, texts
from followup.domain.application import Application
from followup.domain.errors import InputError
from followup.domain.events import AnyEvent
from followup.domain.hygiene import checked_application, checked_event
from strategies import zones

_EARLIEST, _LATEST = datetime(1970, 1, 2), datetime(2199, 12, 30)
_OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(0, 2**31),
    datetime: st.datetimes(_EARLIEST, _LATEST, timezones=st.just(UTC)),
    date: st.dates(_EARLIEST.date(), _LATEST.date()),
}


def _of_type(kind: Any) -> st.SearchStrategy[Any]:
    """Values of the type of a field; one of several where it is a union."""
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]
    several = [_of_type(one) for one in get_args(kind)]
    return st.one_of(several) if several else st.from_type(kind)


def _anything(kind: type[Struct], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = {name: _of_type(of) for name, of in get_type_hints(kind).items()}
    there = {name: fields[name] for name in kind.__struct_fields__ if name not in known}
    return st.builds(kind, **there, **known)


@st.composite
def _events(draw: st.DrawFn) -> AnyEvent:
    kind = draw(st.sampled_from(get_args(AnyEvent)))
    event: AnyEvent = draw(_anything(kind, zone=zones))
    try:
        return checked_event(event)
    except InputError:  # it ends before it begins
        assume(False)
        raise


applications = _anything(
    Application,
    id=st.just(0),
    company=names.map("x".__add__),
    role=names.map("x".__add__),
    contacts=st.lists(contacts, max_size=3).map(tuple),
    tags=st.lists(texts, max_size=3).map(tuple),
    url=st.sampled_from(["", "https://globex.example/jobs?id=1&x=<y>"]),
    events=st.lists(_events(), max_size=6).map(tuple),
).map(checked_application)
complete_lists: st.SearchStrategy[list[Application]] = st.lists(applications, max_size=4)
