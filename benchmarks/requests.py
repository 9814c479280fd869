"""Question pages and saves against bare ones, on both databases: requests, processor time and bytes."""

import os
from contextlib import ExitStack
from itertools import cycle
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import bare, page_sizes
from benchmarks.client import Answer, Client
from benchmarks.databases import DATABASES, NewDatabase
from benchmarks.preparing import prepare
from benchmarks.servers import serve
from benchmarks.sitting import Sitting
from benchmarks.subjects import REQUESTS, ROUNDS, Subject, table

CONNECTIONS = 4


def measure() -> None:
    """Measure on each database and print the tables."""
    print(
        f"Medians of {ROUNDS} interleaved rounds of up to {REQUESTS} requests over {CONNECTIONS} connections, "
        f"{os.cpu_count()} processors.\nCPU is the user and system time of the web server's processes per request."
    )
    for name, open_database in DATABASES.items():
        with open_database() as new_database:
            run(name, new_database)


def run(name: str, new_database: NewDatabase) -> None:
    """Serve the yardstick and the quiz with the same settings, and measure them in turn."""
    print(f"\n{name}\n")
    with ExitStack() as stack:
        subjects = yardsticks(stack, new_database("bare"))
        instance = stack.enter_context(TemporaryDirectory(prefix="stratum-bench-"))
        sittings = trainees(stack, new_database("quiz"), instance, subjects)
        for number in range(ROUNDS + 1):
            for subject in subjects.values():
                subject.run(warming_up=number == 0)
        print(f"\n{table(subjects)}")
        print(sizes(sittings[0]))


def yardsticks(stack: ExitStack, url: str) -> dict[str, Subject]:
    """The bare page and the bare write."""
    environment = {"QUIZ_DATABASE_URL": url}
    os.environ.update(environment)
    bare.prepare()
    server = stack.enter_context(serve("benchmarks.bare:create_app", environment))
    clients = [Client(server.port) for _ in range(CONNECTIONS)]
    numbers = cycle(range(1, bare.ROWS + 1))

    def write(client: Client) -> Answer:
        return client.put(f"/counters/{next(numbers)}", {})

    return {
        "bare page": Subject(server, [lambda each=each: each.get("/hello") for each in clients]),
        "bare write": Subject(server, [lambda each=each: write(each) for each in clients]),
    }


def trainees(stack: ExitStack, url: str, instance: str, subjects: dict[str, Subject]) -> list[Sitting]:
    """Add the question page and the save, each over several trainees."""
    environment: dict[str, Any] = {
        "QUIZ_DATABASE_URL": url,
        "QUIZ_INSTANCE": instance,
        "QUIZ_SECRET_KEY": token_urlsafe(48),
    }
    print(prepare(environment, CONNECTIONS), flush=True)
    server = stack.enter_context(serve("app:create_app", environment))
    sittings = [Sitting(server.port, number) for number in range(CONNECTIONS)]
    subjects["question page"] = Subject(server, [each.turn_page for each in sittings])
    subjects["save"] = Subject(server, [each.save for each in sittings])
    return sittings


def sizes(sitting: Sitting) -> str:
    """What the question page weighs, compressed."""
    html = sitting.turn_page().body
    first = page_sizes.first_visit_bytes(html, lambda path: sitting.client.get(path).body) / 1000
    later = page_sizes.later_bytes(html) / 1000
    return f"Question page, compressed: {first:.1f} kB on the first visit (goal 100), {later:.1f} kB later (goal 15)."
