// A text with gaps: the answer maps each filled gap to its choice.

const PREFIX = "answer-";

function gaps(part) {
  return [...part.querySelectorAll("select.cloze-gap")];
}

// A copy has lost the names of its fields, and needs only what is chosen in them.
function idOf(gap) {
  return gap.dataset.gap ?? gap.name.slice(PREFIX.length);
}

export function init(part, changed) {
  for (const gap of gaps(part)) gap.dataset.gap = idOf(gap);
  part.addEventListener("change", () => changed());
}

export function read(part) {
  const filled = gaps(part).filter((gap) => gap.value).map((gap) => [idOf(gap), gap.value]);
  return filled.length ? Object.fromEntries(filled) : null;
}

export function write(part, answer) {
  for (const gap of gaps(part)) gap.value = answer?.[idOf(gap)] ?? "";
}
