// Shortcuts: A to F choose, N and P go on and back, F flags where no option bears that letter.

import { choices } from "./answers.js";

const LETTERS = "ABCDEF";
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** Let letters choose, and press the buttons with the ids next, previous and flag; print the hint. */
export function listen(root, hint) {
  const options = root ? choices(root) : [];
  const letters = LETTERS.slice(0, options.length);
  const presses = { N: "next", P: "previous", ...(letters.includes("F") ? {} : { F: "flag" }) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(TYPED)) return;
    const letter = event.key.toUpperCase();
    const option = letter.length === 1 ? options[letters.indexOf(letter)] : null;
    const button = document.getElementById(presses[letter]);
    if (option && !option.matches(":disabled")) { option.focus(); option.click(); }
    else if (button) button.click();
    else return;
    event.preventDefault();
  });
  hint.replaceChildren(...words(letters, "F" in presses));
}

function words(letters, flags) {
  const parts = [];
  if (letters) parts.push([letters[0], " to ", letters.at(-1), " choose"]);
  parts.push(["N", " next"]);
  if (document.getElementById("previous")) parts.push(["P", " previous"]);
  if (flags) parts.push(["F", " flag"]);
  const nodes = parts.map((part) => part.flatMap((text) => text.length === 1 ? key(text) : text));
  return ["Keyboard: ", ...nodes.flatMap((each, index) => index ? [", ", ...each] : each), "."];
}

function key(letter) {
  const element = document.createElement("kbd");
  element.textContent = letter;
  return element;
}
