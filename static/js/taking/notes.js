// What stands above a page of the sitting when something could not simply be saved: a note, or two answers to choose from.

import { icon } from "../base.js";

export class Notes {
  constructor(stage) {
    this.place = stage.querySelector("#notes");
    this.sides = stage.querySelector("#sides");
  }

  /** Show a note; acts are {label, run} or {label, url}. A note of the same name takes the earlier one's place. */
  show(title, sentence, acts = [], name = "") {
    const body = make("div", "note-body");
    const note = make("div", "note note-warning");
    const frame = make("div", "exam-note");
    body.append(make("strong", "", `${title} `), `${sentence} `);
    for (const act of acts) body.append(act.url ? link(act) : button(act), " ");
    note.setAttribute("role", "alert");
    note.append(icon("exclamation-diamond-fill"), body);
    frame.dataset.note = name;
    frame.append(note);
    if (this.named(name).some((each) => each.textContent === frame.textContent)) return;
    this.hide(name);
    this.place.append(frame);
  }

  named(name) {
    return [...this.place.children].filter((each) => (each.dataset.note ?? "") === name);
  }

  has(name) {
    return this.named(name).length > 0;
  }

  /** Take the notes away whose name begins so and goes on with none of these. */
  keepOnly(beginning, rests) {
    for (const { dataset: { note = "" } } of [...this.place.children]) {
      if (note.startsWith(beginning) && !rests.includes(note.slice(beginning.length))) this.hide(note);
    }
  }

  /** Take the note of a name away. */
  hide(name) {
    this.named(name).forEach((each) => each.remove());
  }

  /** The answer stored meanwhile beside the one on this page; `choose` is told whether the one of this page stays. */
  showConflict(stored, choose) {
    if (this.sides.classList.contains("conflict")) return;
    this.show("Another answer was saved meanwhile,", "in another tab or on another device. Choose the one to keep.", [], "conflict");
    const form = this.sides.querySelector("form");
    const other = make("section", "conflict-side");
    const heading = make("h2", "h3", "Your answer here");
    const settle = (mine) => { this.endConflict([other, heading, keep]); choose(mine); };
    const keep = keepButton(() => settle(true));
    other.setAttribute("aria-label", "Saved meanwhile");
    other.append(make("h2", "h3", "Saved meanwhile"), stored, keepButton(() => settle(false)));
    form.prepend(heading);
    form.append(keep);
    this.sides.prepend(other);
    this.sides.classList.add("conflict");
    this.place.scrollIntoView({ block: "center" });
  }

  endConflict(parts) {
    parts.forEach((each) => each.remove());
    this.sides.classList.remove("conflict");
    this.hide("conflict");
    this.sides.querySelector("input:not([type=hidden]), button:not([tabindex='-1'])")?.focus();
  }
}

function link({ label, url }) {
  const element = make("a", "", label);
  element.href = url;
  return element;
}

function button({ label, run }) {
  const element = make("button", "btn btn-link note-act", label);
  element.type = "button";
  element.addEventListener("click", run);
  return element;
}

function keepButton(run) {
  const element = button({ label: "Keep this one", run });
  element.className = "btn btn-outline-secondary";
  return element;
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
