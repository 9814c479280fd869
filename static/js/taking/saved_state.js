// The saved state in the bar: icon and words; a change is announced, the ticking is not.

import { icon } from "../base.js";

const LOOKS = {
  none: [null, "", ""],
  saving: ["cloud-arrow-up", "", "Saving"],
  saved: ["cloud-check", "is-saved", "Saved"],
  waiting: ["cloud-slash", "is-offline", "Not saved yet"],
  offline: ["cloud-slash", "is-offline", "Offline"],
  "signed-out": ["cloud-slash", "is-offline", "Signed out"],
  late: ["exclamation-triangle-fill", "is-refused", "Late, not counted"],
  refused: ["exclamation-triangle-fill", "is-refused", "Not saved"],
};

export class SavedState {
  constructor(element, strip, zone) {
    Object.assign(this, { element, strip, zone, shown: null, ticking: null });
  }

  /** Show a state; `more` is said after its word; `savedAt` is the server's moment of a save, `since` the page's. */
  show(state, { more = "", savedAt = null, since = null } = {}) {
    const shown = [state, more, since].join();
    if (shown === this.shown) return;
    this.shown = shown;
    clearInterval(this.ticking);
    this.build(...LOOKS[state], more);
    this.showStrip(LOOKS[state][1] === "is-offline" ? more : "");
    if (since !== null) this.tick(since, savedAt);
  }

  build(name, look, word, more) {
    const tail = more && `${look === "is-offline" ? "," : ""} ${more}`;
    this.element.className = `saved-state ${look}`;
    this.words = element("span", word);
    this.words.setAttribute("aria-hidden", "true");
    this.words.append(element("span", tail, "more"));
    this.element.replaceChildren(...(name ? [icon(name)] : []), this.words, element("span", word + tail, "visually-hidden"));
  }

  // On a phone the word stays in the bar, and the sentence stands on a strip under it.
  showStrip(more) {
    this.strip.hidden = !more;
    this.strip.querySelector("span").textContent = more && more[0].toUpperCase() + more.slice(1);
  }

  tick(since, savedAt) {
    const words = this.words;
    const show = () => { words.textContent = `Saved ${this.ago(performance.now() - since, savedAt)}`; };
    show();
    this.ticking = setInterval(show, 1000);
  }

  ago(milliseconds, savedAt) {
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 2) return "just now";
    if (seconds < 60) return `${seconds}\u00a0s ago`;
    clearInterval(this.ticking);
    const options = { hour: "2-digit", minute: "2-digit", timeZone: this.zone };
    return new Intl.DateTimeFormat("en-GB", options).format(new Date(savedAt));
  }
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}
