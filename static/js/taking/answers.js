// The answer that stands on a question's page, whatever its kind of control, and the comparison with what the server holds.

// A kind whose answer is more than fields named `answer` brings a module: init(part, changed), read(part),
// write(part, answer) and, where order or spelling need it, same(one, other). `part` is the element that names the
// module, or a copy of it that only shows an answer, so its state lies in the elements below it.

import { patiently } from "../request.js";
import { plain } from "../unsent/item.js";

const NAME = "answer";
const OWN = "[data-answer-script]";

/** Fetch the modules of the kinds below an element, so that they are there when the network is not. */
export function fetchScripts(root) {
  return Promise.all([...root.querySelectorAll(OWN)].map((part) => import(part.dataset.answerScript)));
}

// The mark makes it another address, since some browsers remember for an address that it failed.
function fetchModule(script) {
  return patiently((again) => import(again ? `${script}#${again}` : script));
}

export class Answers {
  constructor(root, own) {
    Object.assign(this, { root, own });
  }

  /** The answers of a page, once the module of its kind is there; `changed(wait)` is called after each change. */
  static async of(root, changed) {
    const part = root.querySelector(OWN);
    const own = part && await fetchModule(part.dataset.answerScript);
    own?.init(part, changed);
    return new Answers(root, own);
  }

  controls(root = this.root) {
    return [...root.querySelectorAll("input, textarea, select")].filter((each) => each.name === NAME);
  }

  /** The controls that hold a text to be typed. */
  get textFields() {
    return this.controls().filter((each) => !["radio", "checkbox"].includes(each.type));
  }

  /** The controls that are chosen, in the order of the page. */
  get choices() {
    return this.controls().filter((each) => ["radio", "checkbox"].includes(each.type));
  }

  /** The field that is being typed in now, if it is one of these. */
  get typing() {
    const active = document.activeElement;
    return active?.matches?.("input[type=text], input:not([type]), textarea") && this.root.contains(active) ? active : null;
  }

  /** The answer as it is sent: an id, a list of ids, a text, a mapping, or null. */
  read() {
    if (this.own) return this.own.read(this.root.querySelector(OWN));
    const controls = this.controls();
    const [first] = controls;
    if (!first) return null;
    if (first.type === "radio") return controls.find((each) => each.checked)?.value ?? null;
    if (first.type === "checkbox") {
      const chosen = controls.filter((each) => each.checked).map((each) => each.value).sort();
      return chosen.length ? chosen : null;
    }
    return first.value.trim() || null;
  }

  /** Let an answer stand on the page, or on a copy of it. */
  write(answer, root = this.root) {
    if (this.own) { this.own.write(root.querySelector(OWN), answer); return; }
    for (const each of this.controls(root)) {
      if (each.type === "radio") each.checked = each.value === answer;
      else if (each.type === "checkbox") each.checked = (answer ?? []).includes(each.value);
      else each.value = answer ?? "";
    }
  }

  /** Whether two answers are the same; a list of choices is a set, the order of a mapping tells nothing. */
  same(one, other) {
    if (this.own) return this.own.same ? this.own.same(one ?? null, other ?? null) : plain(one) === plain(other);
    return plain(asSet(one)) === plain(asSet(other));
  }

  /** A copy of the answering part that only shows an answer. */
  shown(answer) {
    const copy = this.root.cloneNode(true);
    this.write(answer, copy);
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
}

function asSet(answer) {
  return Array.isArray(answer) ? [...answer].sort() : answer;
}
