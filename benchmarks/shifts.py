"""How far what a person looks at moves while a page loads, as the browser sums it up."""

from playwright.sync_api import Browser, Page

from benchmarks.browser import WIDTHS, slow_page
from benchmarks.sitting import Sitting

WATCH = """window.shifts = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts += value; })
  .observe({ type: "layout-shift", buffered: true });"""
TWO_FRAMES = "new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); })"


def layout_shift(page: Page, path: str) -> float:
    """The sum of all shifts until styles, fonts, pictures and scripts are there."""
    page.add_init_script(WATCH)
    response = page.goto(path, wait_until="networkidle")
    if response is None or not response.ok:
        raise RuntimeError(f"No page at {path}")
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate(TWO_FRAMES)
    return float(page.evaluate("window.shifts"))


def table(browser: Browser, sitting: Sitting, rules: str) -> str:
    """A line for each kind of page with a figure to answer on: with nothing in the cache, and after `rules`."""
    lines = [f"{'Layout shift while loading, slow network':<44}{'first page':>12}{'from the rules':>16}"]
    for name, position in _figures(sitting).items():
        for width in WIDTHS:
            sums = [_shift(browser, sitting, position, width, before) for before in ("", rules)]
            lines.append(f"{f'{name}, {width} pixels wide':<44}{sums[0]:>12.4f}{sums[1]:>16.4f}   (goal: 0)")
    return "\n".join(lines)


def _shift(browser: Browser, sitting: Sitting, position: int, width: int, before: str) -> float:
    with slow_page(browser, sitting.client, width=width, network=True) as page:
        if before:
            page.goto(before, wait_until="networkidle")
        return layout_shift(page, f"{sitting.path}/{position}")


def _figures(sitting: Sitting) -> dict[str, int]:
    """The first question on the section, by its kind, and the first on a figure of the catalogue, if one was drawn."""
    found: dict[str, int] = {}
    for position, question in sitting.questions.items():
        if question["kind"] in ("depth", "hotspot"):
            place = "a figure" if "figure" in question else "the section"
            found.setdefault(f"{question['kind']} on {place}", position)
    return found
