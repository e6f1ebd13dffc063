"""The command ``followup``: global options, and where its commands are (design, section 7)."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from followup import __version__
from followup.cli.examples import examples
from followup.cli.faults import exit_status
from followup.cli.lazy import LazyGroup
from followup.cli.session import Session

COMMANDS = {
    "add": "followup.cli.applications:add",
    "list": "followup.cli.looking:list_",
    "show": "followup.cli.looking:show",
    "edit": "followup.cli.applications:edit",
    "remove": "followup.cli.applications:remove",
    "log": "followup.cli.log:log",
    "due": "followup.cli.looking:due",
    "agenda": "followup.cli.agenda:agenda",
    "stats": "followup.cli.stats:stats",
    "draft": "followup.cli.messages:draft",
    "check": "followup.cli.messages:check",
    "lint": "followup.cli.messages:lint",
    "send": "followup.cli.sending:send",
    "import": "followup.cli.exchange:import_",
    "export": "followup.cli.exchange:export",
    "replies": "followup.cli.replies:replies",
    "undo": "followup.cli.history:undo",
    "redo": "followup.cli.history:redo",
    "history": "followup.cli.history:history",
    "policy": "followup.cli.policies:policy",
    "plugins": "followup.cli.plugins:plugins",
    "run": "followup.cli.running:run",
    "tick": "followup.cli.running:tick",
    "config": "followup.cli.configuration:config",
    "doctor": "followup.cli.doctor:doctor",
    "demo": "followup.cli.demo:demo",
    "serve": "followup.cli.serve:serve",
}


class Root(LazyGroup):
    """The whole command line, with its own way of telling what went wrong."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and exit with its status."""
        del standalone_mode  # errors are never click's to tell
        words = sys.argv[1:] if args is None else list(args)
        run = super().main
        status = exit_status(
            lambda: run(
                args,
                prog_name or self.name,
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            ),
            debug="--debug" in words,
        )
        sys.exit(status)


def _token(word: str) -> str:
    """Take ``follow_up`` and ``Follow-Up`` for ``follow-up``, in names and in choices."""
    return word.lower().replace("_", "-")


@click.group(
    "followup",
    cls=Root,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "token_normalize_func": _token,
        "max_content_width": 100,
    },
    epilog=examples(
        "followup",
        'followup add Globex "Backend Engineer" --interview "yesterday 3pm"',
        "followup due",
        'followup --at "in 3 days" list',
        'eval "$(_FOLLOWUP_COMPLETE=bash_source followup)"   # completion, in .bashrc',
    ),
)
@click.option(
    "--at",
    metavar="WHEN",
    help="Set the clock: how would it look then? For what is recorded: when it happened.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="FOLLOWUP_STORE",
    show_envvar=True,
    help="The file with the applications.",
)
@click.option(
    "--no-plugins",
    is_flag=True,
    envvar="FOLLOWUP_NO_PLUGINS",
    show_envvar=True,
    help="Load none but the plugins in the box.",
)
@click.option("--debug", is_flag=True, expose_value=False, help="Show tracebacks.")
@click.version_option(__version__, prog_name="followup", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, at: str | None, store: Path | None, no_plugins: bool) -> int | None:
    """Follow up at the right moment: a board of job applications by follow-up stage.

    Without a command it opens the board, or prints it where there is no terminal.

    WHEN is a date such as 2026-03-04, 2026-03-04T15:00Z, "yesterday 3pm", "2 days ago" or
    "fri 14:00".
    """
    session = Session(store=store, plugins=not no_plugins)
    ctx.obj = session
    ctx.call_on_close(session.close)
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if at is not None:
        session.set_clock(at)  # at once, so that no command passes over a mistake
    if ctx.invoked_subcommand is None:
        from followup.cli.board import open_board  # late: commands do without the board

        return open_board(session)
    return None


def main() -> None:
    """Run ``followup`` with the arguments of this process and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A glyph that the terminal's encoding lacks is no reason to fail.
            stream.reconfigure(errors="replace")
    cli()
