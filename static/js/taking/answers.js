// The answer that stands on the page, whatever its kind of control, and the comparison with what the server holds.

const NAME = "answer";

function controls(root) {
  return [...root.querySelectorAll("input, textarea, select")].filter((each) => each.name === NAME);
}

/** The controls that hold a text to be typed. */
export function textFields(root) {
  return controls(root).filter((each) => !["radio", "checkbox"].includes(each.type));
}

/** The controls that are chosen, in the order of the page. */
export function choices(root) {
  return controls(root).filter((each) => ["radio", "checkbox"].includes(each.type));
}

/** The answer as it is sent: an id, a list of ids, a text, or null. */
export function read(root) {
  const [first] = controls(root);
  if (!first) return null;
  if (first.type === "radio") return controls(root).find((each) => each.checked)?.value ?? null;
  if (first.type === "checkbox") {
    const chosen = controls(root).filter((each) => each.checked).map((each) => each.value).sort();
    return chosen.length ? chosen : null;
  }
  return first.value.trim() || null;
}

/** Let an answer stand on the page. */
export function write(root, answer) {
  for (const each of controls(root)) {
    if (each.type === "radio") each.checked = each.value === answer;
    else if (each.type === "checkbox") each.checked = (answer ?? []).includes(each.value);
    else each.value = answer ?? "";
  }
}

/** Whether two answers are the same; a list is a set. */
export function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) return String([...one].sort()) === String([...other].sort());
  return (one ?? null) === (other ?? null);
}

/** A copy of the answering part that only shows an answer. */
export function shown(root, answer) {
  const copy = root.cloneNode(true);
  write(copy, answer);
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  for (const each of controls(copy)) {
    each.removeAttribute("name");
    each.removeAttribute("aria-describedby");
    if (each.type === "text") each.readOnly = true;
    else each.disabled = true;
  }
  copy.removeAttribute("id");
  return copy;
}
