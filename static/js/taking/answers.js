// The answer that stands on the page, whatever its kind of control, and the comparison with what the server holds.

// A kind whose answer is more than fields named `answer` brings a module: init(part, changed), read(part),
// write(part, answer) and, where order or spelling need it, same(one, other). `part` is the element that names the
// module, or a copy of it that only shows an answer, so its state lies in the elements below it.

const NAME = "answer";
const OWN = "[data-answer-script]";
let own = null;

/** Fetch and start the module of the kind, where it has one; `changed(wait)` is called after each change of the answer. */
export async function load(root, changed) {
  const part = root.querySelector(OWN);
  if (!part) return;
  const module = await import(part.dataset.answerScript);
  module.init(part, changed);
  own = module;
}

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

/** The answer as it is sent: an id, a list of ids, a text, a mapping, or null. */
export function read(root) {
  if (own) return own.read(root.querySelector(OWN));
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
  if (own) { own.write(root.querySelector(OWN), answer); return; }
  for (const each of controls(root)) {
    if (each.type === "radio") each.checked = each.value === answer;
    else if (each.type === "checkbox") each.checked = (answer ?? []).includes(each.value);
    else each.value = answer ?? "";
  }
}

/** Whether two answers are the same; a list of choices is a set, the order of a mapping tells nothing. */
export function same(one, other) {
  return own?.same ? own.same(one ?? null, other ?? null) : compact(one) === compact(other);
}

function compact(answer) {
  return JSON.stringify(answer ?? null, (name, part) => {
    if (Array.isArray(part)) return own ? part : [...part].sort();
    return part && typeof part === "object" ? Object.fromEntries(Object.entries(part).sort()) : part;
  });
}

/** A copy of the answering part that only shows an answer. */
export function shown(root, answer) {
  const copy = root.cloneNode(true);
  write(copy, answer);
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  for (const each of copy.querySelectorAll("input, textarea, select, button")) {
    each.removeAttribute("name");
    each.removeAttribute("aria-describedby");
    if (each.type === "text") each.readOnly = true;
    else each.disabled = true;
  }
  copy.removeAttribute("id");
  return copy;
}
