"""``doctor``: whether the store is sound, and its repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from followup.cli.as_json import print_json
from followup.cli.examples import examples
from followup.cli.faults import DONE, REFUSED, TROUBLE
from followup.cli.lines import note, say
from followup.cli.options import json_option
from followup.cli.session import Session, pass_session

if TYPE_CHECKING:
    from followup.store.salvage import Finding


@click.command(epilog=examples("followup doctor", "followup doctor --repair"))
@click.option(
    "--repair",
    "wanted",
    is_flag=True,
    help="Put right what can be, from the journal and the backups. Damaged files are kept.",
)
@json_option
@pass_session
def doctor(session: Session, wanted: bool, as_json: bool) -> int:
    """Say what is wrong with the store, if anything is.

    Exits with 3 where it is damaged, with 1 where something less is worth a look.
    """
    from followup.store.doctor import examine, repair  # late: only this needs it

    path = session.store_path
    if wanted:
        done = repair(path)
        findings, saved = done.remaining, [str(one) for one in done.saved]
        repaired = [found for found in done.found if found not in findings]
    else:
        findings, saved, repaired = examine(path), [], []
    if as_json:
        print_json(
            {
                "store": str(path),
                "ok": not findings,
                "findings": msgspec.to_builtins(findings),
                "repaired": msgspec.to_builtins(repaired),
                "saved": saved,
            }
        )
    else:
        for finding in repaired:
            say(f"repaired: {finding.text}: {finding.remedy}" if finding.remedy else finding.text)
        for name in saved:
            say(f"what was there is kept in {name}")
        for finding in findings:
            say(_told(finding))
        if not findings:
            say(f"{path} is sound")
        elif not wanted and any(finding.remedy for finding in findings):
            note("followup doctor --repair does what can be done; it keeps what there was")
    return _status(findings)


def _told(finding: Finding) -> str:
    remedy = f"; a repair would {finding.remedy}" if finding.remedy else ""
    return f"{finding.severity}: {finding.text}{remedy}"


def _status(findings: tuple[Finding, ...]) -> int:
    if any(finding.severity == "damage" for finding in findings):
        return TROUBLE
    return REFUSED if findings else DONE
