// One question of the sitting, on the page or in memory: what stands in it goes to the outbox, what comes back is shown.

import { icon } from "../base.js";
import { Answers } from "./answers.js";
import { words } from "./keys.js";
import { Notes } from "./notes.js";

const TYPING_MS = 600;
const HEARD = ["kept", "late", "restored", "conflict", "refused", "locked"];

export class Question {
  constructor(stage, { outbox, progress, announce, hasShortcuts, reload, refresh }) {
    Object.assign(this, { stage, outbox, progress, announce, hasShortcuts, reload, refreshBar: refresh, answers: null, savedAt: null, since: null, sent: undefined, isLate: false });
    this.url = stage.dataset.here;
    this.position = Number(stage.dataset.position);
    this.form = stage.querySelector("#answer-form");
    this.body = stage.querySelector("#answer-body");
    this.errorLine = stage.querySelector("#answer-error");
    this.notes = new Notes(stage);
  }

  get item() {
    return this.outbox.item(this.url);
  }

  /** Begin to listen, once; a page with two answers from the server, or a checked one, is left as it is. */
  async start() {
    if (this.body && !this.stage.querySelector("#sides.conflict")) await this.listen();
    if (!this.hasShortcuts) return;
    const hint = this.stage.querySelector("#keys");
    hint.replaceChildren(...words(this.answers?.choices ?? [], Boolean(this.stage.querySelector("#previous"))));
  }

  async listen() {
    try {
      this.answers = await Answers.of(this.body, (wait) => this.changed(wait));
    } catch (fault) {
      this.notes.show("Part of this page did not load.", "Next and Previous keep your answer.", [{ label: "Load the page again", url: this.url }]);
      throw fault;
    }
    const { revision, unsaved } = this.stage.dataset;
    const stored = unsaved === undefined ? JSON.parse(this.body.dataset.stored) : undefined;
    this.body.addEventListener("input", (event) => { if (this.answers.textFields.includes(event.target)) this.changed(TYPING_MS); });
    this.body.addEventListener("change", () => this.changed());
    this.body.addEventListener("focusout", () => { this.writeKept(); this.refreshBar(); });
    const item = this.outbox.know(this.url, { revision: Number(revision), stored, same: (one, other) => this.answers.same(one, other) });
    if (item.isOpen) this.restored(item);
    else if (stored !== undefined) this.changed();
  }

  /** What stands on the page is what the person wants; unchanged, nothing is sent. */
  changed(wait = 0) {
    const answer = this.answers.read();
    const { item } = this;
    const known = item.isOpen || this.sent === undefined ? item.wanted : this.sent;
    if (known !== undefined && item.same(answer, known)) {
      if (!wait) this.outbox.hurry(this.url);
      return;
    }
    this.since ??= performance.now();
    this.showError("");
    this.outbox.change(this.url, answer, wait);
    this.progress.mark(this.position, { answered: answer !== null });
    this.progress.show();
  }

  /** The page is shown again: its forms and its flag may be older than what is known. */
  refresh() {
    const { revision, halted, detail } = this.item;
    this.form.elements.revision.value = revision;
    this.showFlag(this.progress.places.get(this.position)?.flagged ?? false);
    if (halted) this[halted](this.item, detail);
  }

  /** Whether another page of this question, as the server has it now, says more than this one. */
  isOlderThan({ revision, settled }) {
    return !this.item.isUnsent && (Number(revision) > this.item.revision || (settled !== undefined && this.body !== null));
  }

  /** Whether the answer on the page is the one that the server has echoed. */
  get isSaved() {
    return !this.answers || (!this.item.isOpen && this.answers.same(this.answers.read(), this.item.stored));
  }

  /** What was kept, where it is spelled otherwise than what is being typed. */
  get keptAs() {
    const { stored, isOpen } = this.item;
    return !isOpen && typeof stored === "string" && this.answers?.typing && !this.isSaved ? stored : "";
  }

  /** What the outbox tells of this question. */
  hear(event, item, detail) {
    if (HEARD.includes(event)) this[event](item, detail);
  }

  kept(item, { sent, revision, saved_at: savedAt }) {
    Object.assign(this, { savedAt: savedAt ?? null, since: performance.now(), sent });
    this.form.elements.revision.value = revision;
    this.form.elements.operation.value = crypto.randomUUID();
    this.showError("");
    if (!this.answers || item.isOpen) return;
    if (this.answers.textFields.length || item.same(item.stored, sent)) this.writeKept();
    else this.outbox.halt(item, "conflict", { answer: item.stored, revision });
  }

  late() {
    this.isLate = true;
  }

  // A field is left alone while somebody types in it: "0," must not become "0" under their hands.
  writeKept() {
    const { item, answers } = this;
    if (!answers || this.isLate || item.isOpen || item.stored === undefined || this.isSaved || answers.typing) return;
    answers.write(item.stored);
    this.sent = undefined;
  }

  restored(item) {
    if (item.isOpen) this.answers?.write(item.wanted);
  }

  conflict(item, { answer }) {
    if (!this.answers) return;
    if (this.answers.same(answer, item.wanted)) { this.outbox.choose(this.url, false); return; }
    this.sent = undefined;
    this.notes.showConflict(this.answers.shown(answer), (mine) => {
      if (!mine) this.answers.write(answer);
      this.outbox.choose(this.url, mine);
      this.progress.mark(this.position, { answered: item.wanted !== null });
    });
  }

  refused(item, { status, message }) {
    if (status === 413) this.showError("The answer is too large to be saved. Shorten it.");
    else this.showError(message ?? "The server refused the answer. Try again.");
  }

  locked(item, { message }) {
    const again = () => { this.outbox.discard(item); this.reload(); };
    this.notes.show("Not saved.", message ?? "", [{ label: "Load the question again", run: again }], "locked");
  }

  showError(sentence) {
    this.errorLine.querySelector("span").textContent = sentence;
    this.errorLine.hidden = !sentence;
    for (const field of this.answers?.textFields ?? []) {
      const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== this.errorLine.id);
      field.setAttribute("aria-describedby", (sentence ? [...ids, this.errorLine.id] : ids).join(" "));
      field.classList.toggle("is-invalid", Boolean(sentence));
      field.setAttribute("aria-invalid", Boolean(sentence));
    }
  }

  toggleFlag() {
    const flagged = this.stage.querySelector("#flag").getAttribute("aria-pressed") !== "true";
    this.progress.mark(this.position, { flagged });
    this.progress.show();
    this.showFlag(flagged);
    this.outbox.flag(this.url, flagged);
    this.announce(`Question ${this.position} ${flagged ? "flagged" : "not flagged"}.`);
  }

  showFlag(flagged) {
    const button = this.stage.querySelector("#flag");
    const label = button.querySelector("span");
    if (button.getAttribute("aria-pressed") === String(flagged)) return;
    button.setAttribute("aria-pressed", flagged);
    button.querySelector(".icon").replaceWith(icon(flagged ? "flag-fill" : "flag"));
    label.textContent = flagged ? "Flagged" : "Flag";
    if (!flagged) label.append(Object.assign(document.createElement("span"), { className: "wide-only", textContent: " for review" }));
  }
}
