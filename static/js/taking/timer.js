// The time left: the server's milliseconds, counted down on the page's own monotonic clock. The device's date is never
// believed; where it runs on while that clock stood still, the device slept, and the server is asked.

import { icon, showToast } from "../base.js";

const MINUTE_MS = 60000;
const SHORT_MS = 5 * MINUTE_MS;
const ANNOUNCED_MS = [10 * MINUTE_MS, SHORT_MS, MINUTE_MS];
const GAP_MS = 2000;
const HIDDEN = "timer-hidden";

export class Timer {
  /** `over` is called when no time is left; `gap` when this clock may have stood still. */
  constructor(element, { announce, over, gap }) {
    Object.assign(this, { element, announce, over, gap, left: null, timeout: null, announced: new Set() });
    this.value = element.querySelector(".timer-value");
    this.after = element.querySelector(".timer-left");
    this.toggle = element.querySelector("#timer-toggle");
    this.toggle.addEventListener("click", () => this.hide(!("hidden" in element.dataset)));
    this.hide(wasHidden());
    const [load] = performance.getEntriesByType("navigation");
    this.set(Number(element.dataset.remainingMs), load?.responseStart ?? performance.now());
  }

  /** Trust the server's clock anew; `at` is when it spoke, on the page's clock. */
  set(remaining, at = performance.now()) {
    if (remaining === null || remaining === undefined) return;
    this.end = at + remaining;
    this.drift = Date.now() - performance.now();
    if (remaining > 0) this.ended = false;
    this.doubt(false);
    this.tick();
  }

  /** After a gap the time left is at most what is shown, until the server was heard. */
  doubt(isDoubtful) {
    this.after.textContent = isDoubtful ? "left at most" : "left";
  }

  tick() {
    clearTimeout(this.timeout);
    this.lookForGap();
    const left = Math.max(0, this.end - performance.now());
    const seconds = Math.floor(left / 1000);
    this.value.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.passMarks(left);
    this.left = left;
    if (left > 0) this.timeout = setTimeout(() => this.tick(), (left % 1000) + 20);
    else if (!this.ended) { this.ended = true; this.over(); }
  }

  lookForGap() {
    const drift = Date.now() - performance.now();
    if (Math.abs(drift - this.drift) < GAP_MS) return;
    this.drift = drift;
    this.doubt(true);
    this.gap();
  }

  passMarks(left) {
    for (const mark of this.announced) {
      if (left > mark + MINUTE_MS) this.announced.delete(mark);
    }
    const passed = this.left === null ? [] : ANNOUNCED_MS.filter((mark) => this.left > mark && left <= mark);
    const mark = Math.min(...passed);
    if (passed.length && left > 0 && !this.announced.has(mark)) this.announceLeft(mark);
    passed.forEach((each) => this.announced.add(each));
    const isShort = left < SHORT_MS;
    if (isShort === this.element.classList.contains("is-short")) return;
    this.element.classList.toggle("is-short", isShort);
    this.element.querySelector(".icon").replaceWith(icon(isShort ? "clock-fill" : "clock"));
  }

  announceLeft(mark) {
    const minutes = mark / MINUTE_MS;
    const words = `${minutes} minute${minutes === 1 ? "" : "s"} left. Unanswered questions are marked as wrong.`;
    if (mark === SHORT_MS) showToast("warning", words);
    else this.announce(words);
  }

  hide(hidden) {
    this.element.toggleAttribute("data-hidden", hidden);
    this.toggle.textContent = hidden ? "Show time" : "Hide";
    this.toggle.setAttribute("aria-label", hidden ? "Show the time left" : "Hide the time left");
    remember(hidden);
  }
}

// Whether it was hidden is remembered in this tab, where the browser allows it.
function wasHidden() {
  try { return sessionStorage.getItem(HIDDEN) === "yes"; } catch { return false; }
}

function remember(hidden) {
  try { sessionStorage.setItem(HIDDEN, hidden ? "yes" : "no"); } catch { /* Then each page shows it anew. */ }
}
