"""What must be true of a store's content, and how content is mended of which it is not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from followup.store.contents import values_of
from followup.store.documents import META_ID, SCHEMA, Meta, document_of
from followup.store.history import LIMIT, Record, record_in
from followup.store.salvage import Finding
from followup.store.tree import Document, Tree


def mended(tree: Tree, older: Iterable[Tree]) -> tuple[Tree, list[Finding]]:
    """Return a tree of which all is true that must be, and what was not true of this one.

    An application that cannot be read is taken from the first of the ``older`` trees in
    which it can, else it is left out. The tree that is given stays as it is.
    """
    findings: list[Finding] = []
    applications = _applications(tree, older, findings)
    history = _history(tree, findings)
    meta = _meta(tree, applications, history, findings)
    marks = _marks(tree, applications, findings)
    tables = {
        "meta": meta,
        "applications": applications,
        "history": history,
        "marks": marks,
        "outbox": _outbox(tree, findings),
    }
    return {**tree, **tables}, findings


def _applications(
    tree: Tree, older: Iterable[Tree], findings: list[Finding]
) -> dict[str, Document]:
    kept: dict[str, Document] = {}
    bad: dict[str, str] = {}
    for id_, document in _table(tree, "applications", findings).items():
        fault = _fault("applications", id_, document)
        if fault:
            bad[id_] = fault
        else:
            kept[id_] = document
    for id_, fault in bad.items():
        found = _in_older(id_, older)
        if found is not None:
            kept[id_] = found
        remedy = "leave it out" if found is None else "take it from a backup"
        _add(findings, "application", f"application {id_} cannot be read: {fault}", remedy)
    return kept


def _in_older(id_: str, older: Iterable[Tree]) -> Document | None:
    for tree in older:
        document = tree.get("applications", {}).get(id_)
        if document is not None and not _fault("applications", id_, document):
            return document
    return None


def _history(tree: Tree, findings: list[Finding]) -> dict[str, Document]:
    records: dict[int, Record] = {}
    table = _table(tree, "history", findings)
    for number, document in table.items():
        fault = _fault("history", number, document)
        if fault:
            _add(findings, "history", f"change {number} cannot be read: {fault}", "forget it")
        else:
            records[int(number)] = record_in(tree, int(number))
    kept = sorted(records)
    if any(records[one].undone and not records[next_].undone for one, next_ in pairwise(kept)):
        _add(findings, "history-order", "a change is undone before a later one", "forget it")
        kept = [number for number in kept if not records[number].undone]
    if len(kept) > LIMIT:
        _add(findings, "history-length", f"more than {LIMIT} changes are kept", "drop the oldest")
        kept = kept[-LIMIT:]
    return {str(number): table[str(number)] for number in kept}


def _marks(
    tree: Tree, applications: dict[str, Document], findings: list[Finding]
) -> dict[str, Document]:
    kept: dict[str, Document] = {}
    for id_, document in tree.get("marks", {}).items():
        fault = _fault("marks", id_, document)
        if fault:
            _add(findings, "mark", f"the mark of {id_} cannot be read: {fault}", "forget it")
        elif id_ in applications:
            kept[id_] = document
    return kept


def _outbox(tree: Tree, findings: list[Finding]) -> dict[str, Document]:
    kept: dict[str, Document] = {}
    for id_, document in tree.get("outbox", {}).items():
        if fault := _fault("outbox", id_, document):
            text = f"message {id_} of the outbox cannot be read: {fault}"
            _add(findings, "outbox", text, "forget it; look for it where it would have gone")
        else:
            kept[id_] = document
    return kept


def _meta(
    tree: Tree,
    applications: dict[str, Document],
    history: dict[str, Document],
    findings: list[Finding],
) -> dict[str, Document]:
    ids = {int(id_) for id_ in applications}
    ids |= {id_ for document in history.values() for id_ in document.get("ids", ())}
    least = Meta(
        schema=SCHEMA,
        next_id=max(ids, default=0) + 1,
        next_change=max(map(int, history), default=0) + 1,
    )
    table = _table(tree, "meta", findings)
    try:
        meta = msgspec.convert(table.get(str(META_ID), {}), Meta)
    except msgspec.ValidationError as error:
        _add(findings, "meta", f"what it says of itself cannot be read: {error}", "count anew")
        meta = least
    for name in ("next_id", "next_change"):
        if getattr(meta, name) < getattr(least, name):
            text = f"{name} is {getattr(meta, name)}, but {getattr(least, name)} is the next one"
            findings.append(Finding(code=name, severity="warn", text=text, remedy="set it"))
    counted = Meta(
        schema=SCHEMA,
        next_id=max(meta.next_id, least.next_id),
        next_change=max(meta.next_change, least.next_change),
    )
    for id_ in table.keys() - {str(META_ID)}:
        _add(findings, "meta", f"`meta.{id_}` is not known", "leave it out")
    return {str(META_ID): {**table.get(str(META_ID), {}), **document_of(counted)}}


def _fault(name: str, id_: str, document: Document) -> str:
    try:
        values_of({name: {id_: document}})
        if name == "history":
            record_in({"history": {id_: document}}, int(id_))
    except ValueError as error:
        return str(error)
    return ""


def _table(tree: Tree, name: str, findings: list[Finding]) -> dict[str, Document]:
    if name not in tree:
        _add(findings, name, f"the table {name} is missing", "make an empty one")
    return tree.get(name, {})


def _add(findings: list[Finding], code: str, text: str, remedy: str) -> None:
    findings.append(Finding(code=code, severity="damage", text=text, remedy=remedy))
