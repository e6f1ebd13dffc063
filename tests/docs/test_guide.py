"""The author's guide does what it says: its code runs, its commands exist, its tables hold."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from inspect import Parameter, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import Struct

import followup.testing
from distributions import Installation, Program
from followup.api import Tracker
from followup.config import parse_config
from followup.domain.facts import FIELDS
from followup.extensions import hookspecs
from followup.extensions.isolation.guard import seconds_for
from followup.testing import NOW as PRESENT
from followup.testing import application, host_of, interview, tracker_over
from shell_lines import followups_in, parse

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "plugins.md"
PAGES = [
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "README.md",
    *sorted((ROOT / "plugins").glob("*/README.md")),
]
NOW = "2026-11-17T12:00:00Z"


class Block(Struct, frozen=True):
    """A block of code on a page."""

    language: str
    code: str
    where: str


def blocks(page: Path, language: str) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if found[1] == language:
            line = text.count("\n", 0, found.start()) + 2
            yield Block(found[1], found[2], f"{page.name}:{line}")


PYTHON = list(blocks(GUIDE, "python"))
PLUGIN, TESTS, *OTHERS = PYTHON


def executed(block: Block, name: str) -> ModuleType:
    """Run a block as a module of its own."""
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(block.code, block.where, "exec"), vars(module))
    return module


@pytest.mark.parametrize("block", OTHERS, ids=lambda block: str(block.where))
def test_every_block_of_code_runs_and_is_a_good_plugin(block: Block, tmp_path: Path) -> None:
    name = "guide_" + block.where.rpartition(":")[2]
    module = executed(block, name)
    module_of_hooks: Any = module
    host = host_of(module_of_hooks)
    for policy in set(host.policies.values()) - set(host_of().policies.values()):
        followup.testing.check_policy(policy)
    for code in set(host.rules) - set(host_of().rules):
        followup.testing.check_rule(host.rules[code])
    for badge in host.badges.values():
        followup.testing.check_badge(badge)
    with tracker_over(tmp_path, module) as tracker:
        tracker.add(application(interview(PRESENT), location="remote"))
        tracker.publish(tracker.board())
        for command in host.commands:
            assert tracker.run(command).text
    for test in (value for key, value in vars(module).items() if key.startswith("test_")):
        (tmp_path / "test").mkdir()
        test(**({"tmp_path": tmp_path / "test"} if signature(test).parameters else {}))
    del sys.modules[name]


def test_the_blocks_show_every_hook_that_gives() -> None:
    code = "\n".join(block.code for block in PYTHON)
    for hook in vars(hookspecs):
        if hook.startswith("register_"):
            assert f"def {hook}(" in code


def test_an_importer_and_an_exporter_of_the_guide_work(tmp_path: Path) -> None:
    (block,) = [block for block in OTHERS if "register_importers" in block.code]
    listed = tmp_path / "list.jsonl"
    listed.write_text('{"company": "Acme", "role": "SRE"}\n{"company": 1}\n', encoding="utf-8")
    host = host_of(executed(block, "guide_formats"))
    with listed.open("rb") as stream:
        reading = host.importers["jsonl"].read(stream, options=None)  # type: ignore[arg-type]
    assert [row.application.company for row in reading.rows] == ["Acme"]
    assert [problem.line for problem in reading.problems] == [2]
    assert host.importers["jsonl"].sniff(listed.read_bytes()) > 0.5


def test_the_ten_minutes_lead_to_an_installed_channel(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.run("-m", "followup", "plugins", "new", "whatsapp")
    package = tmp_path / "followup-whatsapp"
    files = {"src/followup_whatsapp/__init__.py": PLUGIN, "tests/test_whatsapp.py": TESTS}
    guide = GUIDE.read_text(encoding="utf-8")
    for path, block in files.items():
        assert f"Put this into `{path}`" in guide
        assert (package / path).exists()
        (package / path).write_text(block.code, encoding="utf-8")
    installed = Installation(tmp_path, package)
    installed.run_tests()
    told = installed.followup("plugins", "info", "whatsapp", at=NOW)
    assert "whatsapp 0.1.0 loaded" in told
    dana = ("--contact", "Dana Lee", "--phone", "+49 171 1234567")
    installed.followup("add", "Globex", "SRE", *dana, "--interview", "2026-11-14 15:00", at=NOW)
    drafted = installed.followup("draft", "1", "--channel", "whatsapp", at=NOW)
    message = tmp_path / "message.txt"
    message.write_text(drafted, encoding="utf-8")
    checked = installed.json("check", "1", "--channel", "whatsapp", "--file", str(message), at=NOW)
    assert checked["ok"] is True


def test_the_check_says_what_the_guide_promises_where_nothing_is_quoted() -> None:
    careless = PLUGIN.code.replace("quote(text, safe='')", "text")
    assert careless != PLUGIN.code
    module: Any = executed(Block("python", careless, "careless"), "guide_careless")
    with pytest.raises(AssertionError, match=r"is not percent-encoded: use urllib.parse.quote"):
        followup.testing.check_channel(module.WhatsApp())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_on_a_page_exists(page: Path) -> None:
    for block in [*blocks(page, "sh"), *blocks(page, "")]:
        for line in block.code.splitlines():
            for words in followups_in(line):
                parse(words, f"{block.where}: {line}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_table_of_settings_on_a_page_is_one(page: Path) -> None:
    for block in blocks(page, "toml"):
        if "[project" not in block.code:
            parse_config(block.code, block.where)
        else:
            tomllib.loads(block.code)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_on_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        there = page.parent / path if path else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in _anchors(there), f"{page.name}: {target}"


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_deadlines_are_those_that_are_held_to() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    table = guide.partition("| call | seconds |")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| `?(\w[\w ]*?)`?[:\s].*\| (\d+) \|$", table, re.MULTILINE))
    assert rows.pop("every") == f"{seconds_for('register_channels'):g}"
    assert rows.keys() >= {"import", "policy", "rule", "badge", "channel", "command", "sniff"}
    for phase, seconds in rows.items():
        assert float(seconds) == seconds_for(f"{phase} x"), phase


def test_every_fact_that_templates_may_name_is_told_of() -> None:
    told = GUIDE.read_text(encoding="utf-8").partition("\n## Templates\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`\$.*?) \|", told, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`\$(\w+)`", row)} == set(FIELDS)


def test_everything_that_tests_import_is_told_of() -> None:
    told = GUIDE.read_text(encoding="utf-8").partition("\n## Testing\n")[2].partition("\n## ")[0]
    for name in followup.testing.__all__:
        assert re.search(rf"`{name}\b", told), name
    for name in ("check_channel", "check_policy", "check_rule", "check_badge"):
        parameters = signature(getattr(followup.testing, name)).parameters.values()
        shown = ", ".join(
            one.name if one.default is Parameter.empty else f"{one.name}={one.default}"
            for one in parameters
        )
        assert f"`{name}({shown})`" in told


def test_every_call_of_the_tracker_is_told_of() -> None:
    told = (
        GUIDE.read_text(encoding="utf-8").partition("\n## The tracker\n")[2].partition("\n## ")[0]
    )
    for name, member in vars(Tracker).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            assert f"`tracker.{name}`" in told
            continue
        (call,) = re.findall(rf"`tracker\.{name}\((.*?)\)`", told)
        parameters = list(signature(member).parameters)[1:]
        assert [word.partition("=")[0] for word in call.split(", ") if word] == parameters, name


def test_every_example_of_the_command_line_is_unchanged_by_the_shell() -> None:
    assert list(followups_in("followup draft 1 | followup check 1 -  # so")) == [
        ["draft", "1"],
        ["check", "1", "-"],
    ]
    with pytest.raises(AssertionError, match="No such command"):
        parse(["plugins", "nwe", "x"], "here")
    with pytest.raises(AssertionError, match="No such option"):
        parse(["plugins", "new", "x", "--knid", "channel"], "here")
