// The saved state in the bar: icon and words; a change is announced, the ticking is not.

import { icon } from "../base.js";

const LOOKS = {
  saving: ["cloud-arrow-up", "", "Saving", ""],
  saved: ["cloud-check", "is-saved", "Saved", ""],
  waiting: ["cloud-slash", "is-offline", "Not saved yet", ", trying again"],
  offline: ["cloud-slash", "is-offline", "Offline", ", 1 answer kept on this device"],
  "signed-out": ["cloud-slash", "is-offline", "Signed out", ", 1 answer kept on this device"],
  refused: ["exclamation-triangle-fill", "is-refused", "Not saved", ""],
  conflict: ["exclamation-triangle-fill", "is-refused", "Not saved", ""],
  closed: ["exclamation-triangle-fill", "is-refused", "Not saved", ""],
};

export class SavedState {
  constructor(element, strip, zone) {
    Object.assign(this, { element, strip, zone, state: null, ticking: null });
  }

  /** Show a state; `savedAt` is the server's moment of a save. */
  show(state, savedAt = null) {
    clearInterval(this.ticking);
    if (state !== this.state) this.build(...LOOKS[state]);
    this.state = state;
    this.strip.hidden = !["offline", "signed-out"].includes(state);
    if (state === "saved" && savedAt) this.tick(performance.now(), savedAt);
  }

  build(name, look, word, more) {
    this.element.className = `saved-state ${look}`;
    this.words = element("span", word);
    this.words.setAttribute("aria-hidden", "true");
    const rest = element("span", more, "more");
    rest.setAttribute("aria-hidden", "true");
    this.words.append(rest);
    this.element.replaceChildren(icon(name), this.words, element("span", word + more, "visually-hidden"));
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
