// Matching: one select per row, read as row to choice; a choice that stands in two rows is pointed out, not taken away.

const rowsOf = (part) => [...part.querySelectorAll("select[data-row]")];

/** Count as rows are matched; the page already hears the changes. */
export function init(part) {
  part.addEventListener("change", () => count(part));
  count(part);
}

/** Row id to choice id for the rows that are matched, or null where none is. */
export function read(part) {
  const rows = rowsOf(part).filter((row) => row.value);
  return rows.length ? Object.fromEntries(rows.map((row) => [row.dataset.row, row.value])) : null;
}

/** Let an answer stand on the page. */
export function write(part, answer) {
  for (const row of rowsOf(part)) row.value = answer?.[row.dataset.row] ?? "";
  count(part);
}

function count(part) {
  const line = part.querySelector("[data-count]");
  const rows = rowsOf(part).filter((row) => row.value);
  const twice = rows.find((row) => rows.some((other) => other !== row && other.value === row.value));
  const note = twice && "once" in line.dataset ? ` “${twice.selectedOptions[0].text}” stands in more than one row.` : "";
  line.textContent = `${rows.length} of ${rowsOf(part).length} matched.${note}`;
}
