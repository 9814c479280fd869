// Classification: one radio group per row, read as row to class.

const rowsOf = (part) => [...part.querySelectorAll("[data-row]")];
const chosenIn = (row) => row.querySelector("input:checked");

/** Count as rows are classified; the page already hears the changes. */
export function init(part) {
  part.addEventListener("change", () => count(part));
  count(part);
}

/** Row id to class id for the rows that are classified, or null where none is. */
export function read(part) {
  const rows = rowsOf(part).filter(chosenIn);
  return rows.length ? Object.fromEntries(rows.map((row) => [row.dataset.row, chosenIn(row).value])) : null;
}

/** Let an answer stand on the page. */
export function write(part, answer) {
  for (const row of rowsOf(part)) {
    for (const input of row.querySelectorAll("input")) input.checked = input.value === answer?.[row.dataset.row];
  }
  count(part);
}

function count(part) {
  const rows = rowsOf(part);
  part.querySelector("[data-count]").textContent = `${rows.filter(chosenIn).length} of ${rows.length} classified.`;
}
