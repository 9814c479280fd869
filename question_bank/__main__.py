"""`python -m question_bank lint | stats | simulate | sheet | compare | format`, on the shipped bank or another one."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from question_bank import (
    bank,
    claims,
    lint,
    reading_table,
    reviews,
    second_reading,
    simulation,
    simulation_table,
    stats,
    stats_table,
)
from question_bank.plans import KNOWLEDGE_EXAM, PLANS
from question_bank.question import Question, Topic
from question_bank.records import load_records, record_findings
from question_bank.reviews import REVIEWS
from question_bank.specification import Candidate

CONTENT: Final = Path(__file__).parent / "content"
_WORDS: Final = {
    "lint": "say what is wrong, with file and line; nothing when all is well",
    "stats": "count the published questions",
    "simulate": "draw many papers of a quiz and say what they share, show most and expect",
    "sheet": "print questions without their keys, for a second reader",
    "compare": "compare what a second reader answered with the keys",
    "format": "rewrite the question files in their canonical form",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 where something was found or cannot be read."""
    asked = _parser().parse_args(arguments)
    asked.folder = asked.folder or Path(os.path.relpath(CONTENT))
    try:
        return _COMMANDS[asked.command](bank.load(asked.folder), asked)
    except bank.BankError as refused:
        return _print_all(refused.faults)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m question_bank", description="Check, count and try out the question bank.")
    commands = parser.add_subparsers(dest="command", required=True)
    described = {name: commands.add_parser(name, help=words) for name, words in _WORDS.items()}
    for name in ("stats", "simulate"):
        described[name].add_argument("--json", action="store_true", help="print JSON")
    described["format"].add_argument("--check", action="store_true", help="change nothing, list what would change")
    simulate = described["simulate"]
    simulate.add_argument("--quiz", choices=[*PLANS], default=KNOWLEDGE_EXAM, help=f"default: {KNOWLEDGE_EXAM}")
    simulate.add_argument("--papers", type=_papers, default=1000, help="two a person; default: 1000")
    simulate.add_argument("--seed", type=int, default=1, help="a whole number; default: 1")
    _add_reading_arguments(described["sheet"], described["compare"])
    for command in described.values():
        command.add_argument("folder", nargs="?", type=Path, help="folder of the bank; default: the shipped one")
    return parser


def _add_reading_arguments(sheet: ArgumentParser, compare: ArgumentParser) -> None:
    sheet.add_argument("--topic", choices=[topic.value for topic in Topic], help="default: all topics")
    sheet.add_argument("--unread", action="store_true", help=f"only questions that {REVIEWS} does not know")
    sheet.add_argument("--seed", type=int, default=1, help="decides order and letters; default: 1")
    compare.add_argument("answers", type=Path, help="the reader's file, as the sheet describes it")
    compare.add_argument(
        "--record", metavar="READER", help=f"print entries for {REVIEWS} of what agrees at once instead"
    )


def _papers(text: str) -> int:
    if not text.isdecimal() or int(text) < 2 or int(text) % 2:
        raise ArgumentTypeError("give an even number from 2 up: every person draws two papers")
    return int(text)


def _lint(held: bank.Bank, asked: Namespace) -> int:
    records, by_id = load_records(asked.folder), {question.id: question for question in held.questions}
    found = lint.bank_findings(held, today=_today())
    return _print_all([*found, *record_findings(records, by_id, today=_today())])


def _stats(held: bank.Bank, asked: Namespace) -> int:
    records, published = load_records(asked.folder), [question.id for question in _published(held)]
    counted = stats.counts(held.questions, held.facts) | {
        "reviews": reviews.numbers(records.reviews, published),
        "claims": claims.numbers(records.claims, published),
    }
    print(json.dumps(counted, indent=2) if asked.json else stats_table.table(counted))
    return 0


def _simulate(held: bank.Bank, asked: Namespace) -> int:
    plan = PLANS[asked.quiz]
    pool = [Candidate.of(each) for each in _published(held) if each.use in plan.uses]
    found = simulation.simulate(
        plan.specification, pool, papers=asked.papers, seed=asked.seed, progress=_progress(asked.papers)
    )
    print(json.dumps(found, indent=2) if asked.json else f"{asked.quiz}: {simulation_table.table(found)}")
    return int(bool(found["obstacles"]))


def _progress(papers: int) -> Callable[[int], None]:
    """Says on stderr how far the drawing is, every hundred papers."""

    def say(drawn: int) -> None:
        if drawn % 100 == 0 or drawn == papers:
            print(f"{drawn} of {papers} papers drawn", file=sys.stderr)

    return say


def _sheet(held: bank.Bank, asked: Namespace) -> int:
    read = {review.question for review in load_records(asked.folder).reviews} if asked.unread else set()
    chosen = [each for each in _readable(held) if asked.topic in (None, each.topic) and each.id not in read]
    print(second_reading.sheet(chosen, held.figures, seed=asked.seed))
    return 0


def _compare(held: bank.Bank, asked: Namespace) -> int:
    answers = second_reading.read_answers(asked.answers)
    compared, unknown = second_reading.compare(answers, _readable(held))
    if asked.record:
        print(reading_table.entries(compared, reader=asked.record, on=_today()), end="")
    else:
        print(reading_table.table(compared, unknown))
    return 0


def _published(held: bank.Bank) -> list[Question]:
    return [question for question in held.questions if question.status == "published"]


def _readable(held: bank.Bank) -> list[Question]:
    """What a second reader may be given."""
    return [question for question in held.questions if question.status in ("published", "in review")]


def _today() -> date:
    return date.today()  # noqa: TID251 - a door of its own, without the web application's clock


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


_COMMANDS: Final = {
    "lint": _lint,
    "stats": _stats,
    "simulate": _simulate,
    "sheet": _sheet,
    "compare": _compare,
    "format": _format,
}

if __name__ == "__main__":
    sys.exit(main())
