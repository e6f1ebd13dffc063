"""Loading the code of a plugin that was found."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from followup.extensions.discovery import GROUP, Found
from followup.extensions.faults import MisbehaviourError

_SCRIPTS = "followup_scripts"  # as their modules are called: no script hides another module


def load(found: Found) -> object:
    """Return what a plugin is implemented by; raises whatever its code raises."""
    if found.source == "script":
        return _load_script(found.name, Path(found.locator))
    return EntryPoint(name=found.name, value=found.locator, group=GROUP).load()


def _load_script(name: str, path: Path) -> ModuleType:
    module_name = f"{_SCRIPTS}.{name}"
    spec = spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise MisbehaviourError(f"{path} is no Python file")
    module = module_from_spec(spec)
    # Before its code runs: dataclasses with postponed annotations look their module up.
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
