"""``import`` and ``export``, over a format made for these tests."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO
from zipfile import ZipFile

import pytest

from command_line import Followup
from followup.api import (
    Application,
    Applied,
    Board,
    ColumnReading,
    ImportOptions,
    ImportReading,
    ImportRow,
    Problem,
    UnreadableFileError,
    hookimpl,
)
from followup.extensions import discovery
from followup.extensions.discovery import Found


class Lines:
    """Reads and writes ``company role`` in lines that start with a bang."""

    name = "lines"
    title = "Lines"
    asked: ImportOptions | None = None

    def sniff(self, head: bytes) -> float:
        return 1.0 if head.startswith(b"!") else 0.0

    def read(self, stream: BinaryIO, options: ImportOptions) -> ImportReading:
        type(self).asked = options
        rows, problems = [], []
        for number, line in enumerate(stream.read().decode().splitlines(), start=1):
            company, _, role = line.removeprefix("!").partition(" ")
            if role:
                event = Applied(at=options.now, zone=options.zone)
                application = Application(company=company, role=role, events=(event,))
                rows.append(ImportRow(line=number, application=application))
            else:
                problems.append(Problem(line=number, column="Role", text="no role"))
        if not rows:
            raise UnreadableFileError("there is no application in it: give another file")
        return ImportReading(
            rows=tuple(rows),
            problems=tuple(problems),
            columns=(
                ColumnReading(name="Firm", field="company", sample="Globex"),
                ColumnReading(name="Mood", field=None),
            ),
            about=("read as lines in UTF-8",),
        )

    def write(self, board: Board, stream: BinaryIO, zone: str) -> None:
        if any(card.application.company == "Broken" for card in board.cards()):
            raise OSError(28, "No space left on device")
        for card in board.cards():
            stream.write(f"!{card.application.company} {card.application.role}\n".encode())


@hookimpl
def register_formats() -> list[Lines]:
    return [Lines()]


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    module = SimpleNamespace(
        register_importers=register_formats, register_exporters=register_formats
    )
    lines = Found(name="lines", version="1", module=module)
    box = discovery.builtin_plugins
    monkeypatch.setattr(discovery, "builtin_plugins", lambda version: [*box(version), lines])


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "log.txt"
    path.write_text("!Globex SRE\n!Initech Engineer\n!Hooli\n!Globex SRE\n", encoding="utf-8")
    return path


class TestImport:
    def test_a_dry_run_shows_everything_and_stores_nothing(
        self, followup: Followup, file: Path
    ) -> None:
        assert followup.done("import", str(file), "--dry-run") == (
            "read as lines in UTF-8\n"
            "Firm  is           company  such as Globex\n"
            "Mood  is not read\n"
            "line 3, Role: no role\n"
            "line 4: the same application as on line 1: counted once\n"
            "they would stand now: 2 Applied\n"
            "2 would be added, 0 with new facts, 0 known already, 1 repeated in the file,"
            " 1 problem\n"
        )
        assert followup.json("list") == []

    def test_importing_twice_adds_nothing_and_undo_takes_it_back(
        self, followup: Followup, file: Path
    ) -> None:
        printed = followup.done("import", str(file))
        assert printed.endswith("\n`followup undo` takes it back\n")
        assert "\n2 added, " in printed
        assert [one["company"] for one in followup.json("list")] == ["Globex", "Initech"]
        again = followup.json("import", str(file))
        assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 2)
        assert again["problems"] == [{"line": 3, "text": "no role", "column": "Role"}]
        assert again["columns"][1]["field"] is None
        assert again["stages"] == {}
        assert len(followup.json("list")) == 2
        followup.done("undo")
        assert followup.json("list") == []

    def test_options_reach_the_importer(self, followup: Followup, file: Path) -> None:
        followup.done(
            "import", str(file), "--format", "lines", "--map", "a=b=Company", "--map",
            "Mood=ignore", "--date-order", "dmy", "--dry-run",
        )  # fmt: skip
        assert Lines.asked is not None
        assert Lines.asked.columns == {"a=b": "company", "Mood": None}
        assert (Lines.asked.date_order, Lines.asked.zone) == ("dmy", "Europe/Berlin")

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["nowhere.csv"], "cannot read nowhere.csv: No such file or directory; check the path"),
            (["."], ". is not a file"),
            (["log.txt", "--map", "Firm"], "'Firm' is not COLUMN=FIELD with one of company, role"),
            (["log.txt", "--map", "Firm=firm"], "'Firm=firm' is not COLUMN=FIELD"),
            (["log.txt", "--date-order", "ydm"], "'ydm' is not one of"),
            (["empty.txt"], "there is no application in it"),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_one_line(
        self,
        followup: Followup,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
        words: list[str],
        told: str,
    ) -> None:
        monkeypatch.chdir(file.parent)
        (file.parent / "empty.txt").write_text("!", encoding="utf-8")
        code, line = followup.refused("import", *words)
        assert code == 2
        assert told in line
        assert followup.json("history") == []


class TestImportOfTables:
    """What ships in the box, from the command line."""

    def test_a_sheet_shows_its_guess_its_stages_and_its_problems(
        self, followup: Followup, home: Path
    ) -> None:
        path = home / "log.csv"
        path.write_text(
            "Firm,Role,Applied,Result\nGlobex,SRE,3/14/2026,Rejected\nHooli,Cook,3/99/2026,\n",
            encoding="utf-8",
        )
        assert followup.done("import", str(path), "--dry-run") == (
            "UTF-8, comma between columns\n"
            "dates are month/day/year, as 3/14/2026 on line 2 shows\n"
            "Firm     is  company  such as Globex | Hooli\n"
            "Role     is  role     such as SRE | Cook\n"
            "Applied  is  applied  such as 3/14/2026 | 3/99/2026\n"
            "Result   is  status   such as Rejected\n"
            "line 3, Applied: there is no such day as '3/99/2026'\n"
            "they would stand now: 1 Applied, 1 Closed\n"
            "2 would be added, 0 with new facts, 0 known already, 0 repeated in the file,"
            " 1 problem\n"
        )
        shown = followup.json("import", str(path), "--dry-run")
        assert (shown["date_order"], shown["stages"]) == ("mdy", {"applied": 1, "closed": 1})
        assert shown["columns"][0]["samples"] == ["Globex", "Hooli"]

    def test_doubt_is_refused_until_the_user_says(self, followup: Followup, home: Path) -> None:
        path = home / "log.csv"
        path.write_text("Wer,Applied\nGlobex,3/4/2026\n", encoding="utf-8")
        code, line = followup.refused("import", str(path))
        assert (code, "say --map COLUMN=company" in line) == (2, True)
        code, line = followup.refused("import", str(path), "--map", "Wer=company")
        assert (code, "say --date-order" in line) == (2, True)
        followup.done("import", str(path), "--map", "Wer=company", "--date-order", "mdy")
        assert [one["company"] for one in followup.json("list")] == ["Globex"]

    def test_an_archive_names_its_files(self, followup: Followup, home: Path) -> None:
        path = home / "linkedin.zip"
        with ZipFile(path, "w") as archive:
            header = "Saved Date,Job Url,Job Title,Company Name\n"
            archive.writestr("Jobs/Saved Jobs.csv", f"{header}1/2/26,,SRE,Globex\n1/3/26,,SRE,\n")
        printed = followup.done("import", str(path))
        assert "Saved Jobs.csv, line 3: no company: the line was left out\n" in printed
        assert [one["tags"] for one in followup.json("list")] == [["saved"]]


class TestExport:
    @pytest.fixture(autouse=True)
    def one(self, followup: Followup) -> None:
        followup.done("add", "Globex", "SRE")

    def test_to_standard_output(self, followup: Followup) -> None:
        assert followup.done("export", "lines") == "!Globex SRE\n"
        assert followup.done("export", "lines", "-") == "!Globex SRE\n"

    @pytest.mark.parametrize("name", ["json", "csv", "ics", "md"])
    def test_a_pipe_that_nobody_reads_is_no_matter(self, name: str) -> None:
        command = [sys.executable, "-m", "followup", "export", name]
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            done = subprocess.run(
                command, stdout=pipe, stderr=subprocess.PIPE, check=False, timeout=60
            )
        assert done.stderr == b""

    @pytest.mark.parametrize("name", ["json", "csv"])
    def test_what_moves_to_another_store_is_the_same_there(
        self, followup: Followup, home: Path, name: str
    ) -> None:
        followup.done("add", "Initech", "SRE", "--interview", "2026-02-03 10:00")
        followup.done("log", "2", "follow-up", "--on", "2026-02-06", "--step", "follow_up")
        followup.done("add", "Hooli", "SRE")
        followup.done("remove", "1")
        file, other = home / "moved", str(home / "other.json")
        followup.done("export", name, str(file))
        followup.done("--store", other, "import", str(file))
        assert followup.done("--store", other, "export", name) == followup.done("export", name)
        there, here = (
            [(one["company"], one["stage"], one["next"]) for one in followup.json(*store, "list")]
            for store in (["--store", other], [])
        )
        assert there == here
        again = followup.json("--store", other, "import", str(file))
        assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 2)

    def test_a_file_is_for_its_user_alone_and_never_written_over(
        self, followup: Followup, home: Path
    ) -> None:
        file = home / "out.txt"
        assert followup.done("export", "lines", str(file)) == ""
        assert file.read_bytes() == b"!Globex SRE\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        followup.done("add", "Initech", "SRE")
        assert followup.refused("export", "lines", str(file)) == (
            1,
            f"{file} is there already: give another name, or --force",
        )
        assert file.read_bytes() == b"!Globex SRE\n"
        followup.done("export", "lines", str(file), "--force")
        assert file.read_bytes() == b"!Globex SRE\n!Initech SRE\n"

    def test_what_fails_leaves_nothing_behind(self, followup: Followup, home: Path) -> None:
        followup.done("add", "Broken", "SRE")
        before = set(home.iterdir())
        code, line = followup.refused("export", "lines", str(home / "out.txt"))
        assert code == 3
        assert "No space left on device" in line
        assert set(home.iterdir()) == before

    def test_a_path_that_can_be_no_file_is_named(self, followup: Followup, home: Path) -> None:
        file = home / "no" / "out.txt"
        told = f"cannot write {file}: No such file or directory; check the path"
        assert followup.refused("export", "lines", str(file)) == (2, told)
        told = f"{home} is not a file: give the path of one"
        assert followup.refused("export", "lines", str(home), "--force") == (2, told)

    def test_a_symlink_stays_one(self, followup: Followup, home: Path) -> None:
        file, link = home / "out.txt", home / "link.txt"
        file.write_bytes(b"old")
        link.symlink_to(file)
        followup.done("export", "lines", str(link), "--force")
        assert link.is_symlink()
        assert file.read_bytes() == b"!Globex SRE\n"

    def test_an_unknown_format_is_refused_with_those_there_are(self, followup: Followup) -> None:
        code, line = followup.refused("export", "docx")
        assert code == 2
        assert "lines" in line
