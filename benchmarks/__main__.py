"""Measure the product in one run: `make bench`, or a part of it: `python -m benchmarks requests` or `browser`."""

import logging
import sys
from pathlib import Path

from benchmarks import devices, requests

PARTS = {"requests": requests.measure, "browser": devices.measure}


def main(names: list[str]) -> int:
    """Measure the parts that are named, or all."""
    if unknown := set(names) - set(PARTS):
        print(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 1
    if not Path("/proc/self/stat").exists():
        print("The processor time is read from /proc, which only Linux has.", file=sys.stderr)
        return 1
    logging.disable(logging.INFO)
    for name, measure in PARTS.items():
        if name in names or not names:
            measure()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
