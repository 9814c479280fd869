// Shortcuts: A to F choose, N and P go on and back, F flags where no option bears that letter.

const LETTERS = "ABCDEF";
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** Let letters choose, and press the buttons with the ids next, previous and flag; `options()` are those of the page of now. */
export function listen(options) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(TYPED)) return;
    const letter = event.key.toUpperCase();
    const choices = options();
    const option = letter.length === 1 ? choices[lettersOf(choices).indexOf(letter)] : null;
    const button = document.getElementById(pressesOf(choices)[letter]);
    if (option && !option.matches(":disabled")) { option.focus(); option.click(); }
    else if (button) button.click();
    else return;
    event.preventDefault();
  });
}

/** The line that says which keys there are. */
export function words(options, hasPrevious) {
  const letters = lettersOf(options);
  const parts = [];
  if (letters) parts.push([letters[0], " to ", letters.at(-1), " choose"]);
  parts.push(["N", " next"]);
  if (hasPrevious) parts.push(["P", " previous"]);
  if ("F" in pressesOf(options)) parts.push(["F", " flag"]);
  const nodes = parts.map((part) => part.map((text) => text.length === 1 ? key(text) : text));
  return ["Keyboard: ", ...nodes.flatMap((each, index) => index ? [", ", ...each] : each), "."];
}

function lettersOf(options) {
  return LETTERS.slice(0, options.length);
}

function pressesOf(options) {
  return { N: "next", P: "previous", ...(lettersOf(options).includes("F") ? {} : { F: "flag" }) };
}

function key(letter) {
  const element = document.createElement("kbd");
  element.textContent = letter;
  return element;
}
