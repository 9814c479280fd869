// Saving by the save contract: one save in flight, a later change waits for it, nothing is dropped.

import { same } from "./answers.js";
import { send } from "./request.js";

const BACK_OFF_S = [1, 2, 4, 8, 15];
const CHANGE_MENDS = ["refused"];

/**
 * page: {read(), write(answer)}; start: {url, revision, stored}; report(state, detail) is told
 * "saving", "saved", "waiting", "offline", "signed-out", "conflict", "refused" or "closed".
 */
export class Saver {
  constructor(page, { url, revision, stored }, report) {
    Object.assign(this, { page, url, revision, stored, report });
    this.pending = null;
    this.busy = false;
    this.halted = null;
    this.tries = 0;
    this.delay = null;
    this.retry = null;
    this.listeners = new Set();
  }

  get clean() {
    return !this.pending && same(this.page.read(), this.stored);
  }

  /** The answer on the page has changed; it is sent after `wait` milliseconds. */
  changed(wait = 0) {
    if (CHANGE_MENDS.includes(this.halted)) this.halted = null;
    if (!this.halted && !this.clean) {
      this.keep(this.isOnItsWay() ? this.pending : this.operation());
      if (!this.tries) this.report("saving");
    }
    clearTimeout(this.delay);
    this.delay = setTimeout(() => this.pump(), wait);
  }

  /** Send what was changed before this script came to listen. */
  catchUp() {
    if (!this.pending && !this.halted && !this.clean) this.changed();
  }

  /** Send what is open; true once all is kept, false where that cannot be within `patience` milliseconds. */
  flush(patience) {
    clearTimeout(this.delay);
    this.retryNow();
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); this.listeners.delete(look); resolve(this.clean); };
      const look = () => { if (this.clean || this.halted) done(); };
      const timer = setTimeout(done, patience);
      this.listeners.add(look);
      look();
    });
  }

  /** The page goes away: send what is not on its way yet, as the operation after the one in flight. */
  leave() {
    clearTimeout(this.delay);
    if (this.halted || this.clean) return;
    if (!this.busy) { this.retryNow(); return; }
    if (this.isOnItsWay()) return;
    const last = { ...this.operation(), revision: this.revision + 1 };
    this.keep(last);
    send("PUT", this.url, last);
  }

  isOnItsWay() {
    return this.pending !== null && same(this.page.read(), this.pending.answer);
  }

  retryNow() {
    clearTimeout(this.retry);
    this.pump();
  }

  /** Go on after a halt, from what the server holds now. */
  resume({ revision = this.revision, stored = this.stored } = {}) {
    Object.assign(this, { revision, stored, halted: null, tries: 0 });
    this.pump();
  }

  async pump() {
    if (this.busy || this.halted) return;
    if (!this.pending) {
      if (same(this.page.read(), this.stored)) { this.settled(); return; }
      this.pending = this.operation();
    }
    this.busy = true;
    this.keep(this.pending);
    this.report("saving");
    const { status, body } = await send("PUT", this.url, this.pending);
    this.busy = false;
    this.judge(status, body ?? {});
    this.listeners.forEach((look) => look());
  }

  judge(status, body) {
    if (status === 200) this.kept(body);
    else if (status === 401) this.halt("signed-out", body);
    else if (status === 409 && body.error === "stale") this.stale(body);
    else if (status === 409 || status === 410) this.halt("closed", body, true);
    else if ([400, 403, 404, 413, 422].includes(status)) this.halt("refused", { ...body, status }, true);
    else this.again(status);
  }

  kept({ answer, revision, remaining_ms: remaining, saved_at: savedAt }) {
    const sent = this.pending.answer;
    Object.assign(this, { pending: null, tries: 0, revision, stored: answer });
    if (same(this.page.read(), sent)) this.page.write(answer);
    this.report("kept", { answer, revision, remaining, savedAt });
    this.pump();
  }

  stale({ answer, revision }) {
    this.pending = null;
    if (same(answer, this.page.read())) this.resume({ revision, stored: answer });
    else this.halt("conflict", { answer, revision });
  }

  again(status) {
    const seconds = BACK_OFF_S[Math.min(this.tries, BACK_OFF_S.length - 1)];
    this.tries += 1;
    this.report(status === 0 ? "offline" : "waiting");
    this.retry = setTimeout(() => this.pump(), seconds * 1000 * (0.75 + Math.random() / 2));
  }

  halt(state, detail, forget = false) {
    this.halted = state;
    if (forget) { this.pending = null; this.drop(); }
    this.report(state, detail);
  }

  settled() {
    this.drop();
    this.report("saved");
    this.listeners.forEach((look) => look());
  }

  operation() {
    return { answer: this.page.read(), revision: this.revision, operation: crypto.randomUUID() };
  }

  // What is not kept by the server yet outlives a reload of the page in this tab.
  keep(operation) {
    sessionStorage.setItem(this.url, JSON.stringify(operation));
  }

  drop() {
    sessionStorage.removeItem(this.url);
  }

  /** Take up what an earlier load of this page could not send. */
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.url) ?? "null");
    if (!kept) return;
    if (same(kept.answer, this.stored)) { this.drop(); return; }
    const { stored, revision } = this;
    this.page.write(kept.answer);
    if (kept.revision === revision) { this.pending = kept; this.pump(); }
    else this.halt("conflict", { answer: stored, revision });
  }
}
