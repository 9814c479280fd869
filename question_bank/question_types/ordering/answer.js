// Ordering: up and down buttons. The place selects stay in the form, hidden, and hold the answer; empty, there is none.

const rowsOf = (part) => [...part.querySelectorAll(".order-row")];
const placeOf = (row) => row.querySelector(".order-select");
const isAnswered = (part) => rowsOf(part).every((row) => placeOf(row).value);

/** Show the buttons in place of the selects; `changed()` is called after each move and confirmation. */
export function init(part, changed) {
  for (const row of rowsOf(part)) {
    placeOf(row).hidden = true;
    row.querySelector(".order-moves").hidden = false;
  }
  show(part, isAnswered(part));
  part.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.move) move(part, button);
    else confirm(part);
    changed();
  });
}

/** The ids of all rows from first to last, or null while nothing was moved or confirmed. */
export function read(part) {
  return isAnswered(part) ? rowsOf(part).map((row) => row.dataset.step) : null;
}

/** Let an order stand on the page; null leaves the rows where they are, unanswered. */
export function write(part, answer) {
  const rows = rowsOf(part);
  const ids = answer ?? rows.map((row) => row.dataset.step);
  if (rows.some((row, index) => row.dataset.step !== ids[index])) {
    part.querySelector(".order-list").append(...ids.map((id) => rows.find((row) => row.dataset.step === id)));
  }
  show(part, answer !== null);
}

// The neighbour is moved and not the row itself, so that focus stays on the button that was pressed.
function move(part, button) {
  const row = button.closest(".order-row");
  const up = button.dataset.move === "-1";
  const neighbour = up ? row.previousElementSibling : row.nextElementSibling;
  const count = rowsOf(part).length;
  if (!neighbour) { announce(part, up ? "This row is the first already" : "This row is the last already"); return; }
  row.parentElement.insertBefore(neighbour, up ? row.nextElementSibling : row);
  show(part, true);
  row.scrollIntoView({ block: "nearest" });
  announce(part, `Moved to ${rowsOf(part).indexOf(row) + 1} of ${count}`);
}

function confirm(part) {
  const answered = !isAnswered(part);
  show(part, answered);
  announce(part, answered ? "This order is your answer" : "Not answered");
}

function announce(part, words) {
  part.querySelector(".order-status").textContent = words;
}

function show(part, answered) {
  const rows = rowsOf(part);
  rows.forEach((row, index) => {
    placeOf(row).value = answered ? String(index + 1) : "";
    const [up, down] = row.querySelectorAll("[data-move]");
    up.setAttribute("aria-disabled", String(index === 0));
    down.setAttribute("aria-disabled", String(index === rows.length - 1));
  });
  const button = part.querySelector(".order-confirm button");
  part.querySelector(".order-list").classList.toggle("is-answered", answered);
  button.setAttribute("aria-pressed", String(answered));
  button.querySelector("span").textContent = answered ? "This order is my answer" : "This order is right";
  part.querySelector(".order-confirm .hint").textContent = answered
    ? "Move a row to change it."
    : "Not answered yet: move a row, or press the button if nothing needs to move.";
}
