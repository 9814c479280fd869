"""`python -m question_bank lint | stats [--json] | format [--check]`, on the shipped bank or on another folder."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from question_bank import bank, lint, stats

CONTENT: Final = Path(__file__).parent / "content"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 where something was found or cannot be read."""
    asked = _parser().parse_args(arguments)
    folder = asked.folder or Path(os.path.relpath(CONTENT))
    try:
        held = bank.load(folder)
    except bank.BankError as refused:
        return _print_all(refused.faults)
    return {"lint": _lint, "stats": _stats, "format": _format}[asked.command](held, asked)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m question_bank", description="Check, count and format the question bank.")
    commands = parser.add_subparsers(dest="command", required=True)
    described = {
        "lint": commands.add_parser("lint", help="say what is wrong, with file and line; nothing when all is well"),
        "stats": commands.add_parser("stats", help="count the published questions"),
        "format": commands.add_parser("format", help="rewrite the question files in their canonical form"),
    }
    described["stats"].add_argument("--json", action="store_true", help="print JSON")
    described["format"].add_argument("--check", action="store_true", help="change nothing, list what would change")
    for command in described.values():
        command.add_argument("folder", nargs="?", type=Path, help="folder of the bank; default: the shipped one")
    return parser


def _lint(held: bank.Bank, asked: Namespace) -> int:
    today = date.today()  # noqa: TID251 - a door of its own, without the web application's clock
    return _print_all(lint.bank_findings(held, today=today))


def _stats(held: bank.Bank, asked: Namespace) -> int:
    counted = stats.counts(held.questions)
    print(json.dumps(counted, indent=2) if asked.json else stats.table(counted))
    return 0


def _format(held: bank.Bank, asked: Namespace) -> int:
    files = sorted({place.file for place in held.lines.values()})
    canonical = {file: bank.dump(q for q in held.questions if held.lines[q.id].file == file) for file in files}
    changed = [file for file, text in canonical.items() if Path(file).read_bytes() != text.encode()]
    for file in changed:
        print(file)
        if not asked.check:
            Path(file).write_bytes(canonical[file].encode())
    return int(asked.check and bool(changed))


def _print_all(faults: Sequence[object]) -> int:
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
