"""The guide's own template works, and its table of fields is the program's."""

from __future__ import annotations

import re
from pathlib import Path

from followup.domain.facts import FIELDS
from followup.own_templates import OwnTemplates

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "writing.md"
SECTION = (
    GUIDE.read_text(encoding="utf-8")
    .partition("\n## Your own templates\n")[2]
    .partition("\n## ")[0]
)


def test_the_example_is_a_template(tmp_path: Path) -> None:
    example = SECTION.split("```")[1].strip()
    (tmp_path / "check-in.txt").write_text(example, encoding="utf-8")
    own = OwnTemplates(tmp_path, lambda: "en")
    assert own.faults() == []
    (template,) = own.register_templates()
    assert template.step == "check_in"


def test_every_field_is_told_of() -> None:
    assert dict(re.findall(r"^\| `\$(\w+)` \| (.+) \|$", SECTION, re.MULTILINE)) == FIELDS
