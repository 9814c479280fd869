// What stands above a question when its answer could not simply be saved: a note, or two answers to choose from.

import { icon } from "../base.js";
import { shown, write } from "./answers.js";

const notes = document.getElementById("notes");
const sides = document.getElementById("sides");

/** Show a note with a link on. */
export function showNote(title, sentence, link = null) {
  const body = make("div", "note-body");
  const note = make("div", "note note-warning");
  const frame = make("div", "exam-note");
  body.append(make("strong", "", `${title} `), `${sentence} `);
  if (link) {
    const onward = make("a", "", link.label);
    onward.href = link.url;
    body.append(onward);
  }
  note.setAttribute("role", "alert");
  note.append(icon("exclamation-diamond-fill"), body);
  frame.append(note);
  notes.replaceChildren(frame);
  return note;
}

/** The answer stored meanwhile beside the one on this page; `choose` is told which one stays: "stored" or "typed". */
export function showConflict(root, stored, choose) {
  showNote("Another answer was saved meanwhile,", "in another tab or on another device. Choose the one to keep.");
  const other = make("section", "conflict-side");
  const form = sides.querySelector("form");
  const heading = make("h2", "h3", "Your answer here");
  const settle = (which) => { endConflict(other, [heading, mine]); choose(which); };
  const mine = keepButton(() => settle("typed"));
  other.setAttribute("aria-label", "Saved meanwhile");
  other.append(make("h2", "h3", "Saved meanwhile"), shown(root, stored), keepButton(() => { write(root, stored); settle("stored"); }));
  form.prepend(heading);
  form.append(mine);
  sides.prepend(other);
  sides.classList.add("conflict");
  notes.scrollIntoView({ block: "center" });
}

function endConflict(other, extras) {
  other.remove();
  extras.forEach((each) => each.remove());
  sides.classList.remove("conflict");
  notes.replaceChildren();
  sides.querySelector("input:not([type=hidden]), button")?.focus();
}

function keepButton(run) {
  const button = make("button", "btn btn-outline-secondary", "Keep this one");
  button.type = "button";
  button.addEventListener("click", run);
  return button;
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
