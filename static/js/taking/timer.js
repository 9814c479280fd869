// The time left: the server's milliseconds, counted down on the page's own monotonic clock.

import { icon, showToast } from "../base.js";

const MINUTE_MS = 60000;
const SHORT_MS = 5 * MINUTE_MS;
const ANNOUNCED_MS = [10 * MINUTE_MS, SHORT_MS, MINUTE_MS];
const HIDDEN = "timer-hidden";

export class Timer {
  /** `over` is called once, when no time is left. */
  constructor(element, announce, over) {
    Object.assign(this, { element, announce, over, left: null, timeout: null });
    this.value = element.querySelector(".timer-value");
    this.toggle = element.querySelector("#timer-toggle");
    this.toggle.addEventListener("click", () => this.hide(!("hidden" in element.dataset)));
    this.hide(sessionStorage.getItem(HIDDEN) === "yes");
    this.set(Number(element.dataset.remainingMs));
  }

  /** Trust the server's clock anew. */
  set(remaining) {
    if (remaining === null || remaining === undefined) return;
    this.end = performance.now() + remaining;
    this.tick();
  }

  tick() {
    clearTimeout(this.timeout);
    const left = Math.max(0, this.end - performance.now());
    const seconds = Math.floor(left / 1000);
    this.value.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.passMarks(left);
    this.left = left;
    if (left > 0) this.timeout = setTimeout(() => this.tick(), (left % 1000) + 20);
    else if (!this.ended) { this.ended = true; this.over(); }
  }

  passMarks(left) {
    const passed = this.left === null ? [] : ANNOUNCED_MS.filter((mark) => this.left > mark && left <= mark);
    if (passed.length) this.announceLeft(Math.min(...passed));
    const short = left < SHORT_MS;
    if (short === this.element.classList.contains("is-short")) return;
    this.element.classList.toggle("is-short", short);
    this.element.querySelector(".icon").replaceWith(icon(short ? "clock-fill" : "clock"));
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
    sessionStorage.setItem(HIDDEN, hidden ? "yes" : "no");
  }
}
