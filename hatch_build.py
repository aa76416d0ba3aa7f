"""Owns what is made when the package is built: the parse table of the model language, from its grammar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `grammar_table.json` beside the grammar, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the table from the grammar of this checkout, whatever is installed."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        try:
            from creditor.equations.grammar import write_table

            write_table()
        finally:
            sys.path.pop(0)
