"""How long a person waits: from a click, a key or a movement of the pointer to the paint that shows what it did.

The time runs from the event's own time stamp, which the browser sets when the input reaches it, to the first task after
the frame in which the page shows the change. The browser's Event Timing is not used, because it leaves out movements of
the pointer, rounds to 8 ms, says nothing below 16 ms, and ends with the next paint, whatever that shows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

TIMES = 24
WAIT = """(isReady) => new Promise((resolve, reject) => {
  const end = performance.now() + 30000;
  const look = () => {
    if (isReady()) requestIdleCallback(() => requestIdleCallback(() => resolve()));
    else if (performance.now() > end) reject(new Error(`Still not so: ${isReady}`));
    else setTimeout(look, 100);
  };
  look();
})"""
START = """(type, shown) => {
  const before = shown();
  const { port1, port2 } = new MessageChannel();
  window.measured = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`Nothing changed: ${shown}`)), 30000);
    addEventListener(type, ({ timeStamp }) => {
      const look = () => { if (shown() === before) requestAnimationFrame(look); else port2.postMessage(null); };
      port1.onmessage = () => resolve(performance.now() - timeStamp);
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}"""


def _nothing(page: Page) -> None:
    """Nothing has to be done first."""


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """Something that is done again and again on a question of a kind; None is the first question of the paper."""

    name: str
    kind: str | None
    event: str
    """The event with which the time begins."""
    shown: str
    """JavaScript for what the page shows; the time ends when something else is painted."""
    act: Callable[[Page, int], None]
    """Does it; the number says how often it was done before."""
    begin: Callable[[Page], None] = _nothing
    ready: str = "true"
    """JavaScript that is true once it can be done."""


def measure(page: Page, interaction: Interaction, *, times: int = TIMES) -> list[float]:
    """Milliseconds to the paint, each time from a page at rest."""
    interaction.begin(page)
    taken = [_once(page, interaction, number) for number in range(times)]
    page.mouse.up()
    return taken


def _once(page: Page, interaction: Interaction, number: int) -> float:
    page.evaluate(f"({WAIT})(() => {interaction.ready})")
    page.evaluate(f"({START})('{interaction.event}', () => {interaction.shown})")
    interaction.act(page, number)
    return float(page.evaluate("window.measured"))
