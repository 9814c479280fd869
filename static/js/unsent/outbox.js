// Sending by the save contract: one request at a time, in the order of the changes; nothing is dropped, nothing is said
// to be saved before the server has said it.

import { send } from "../request.js";
import { Item } from "./item.js";
import * as store from "./store.js";

const LONGEST_WAIT_MS = 900;
const MOST_AT_ONCE = 6;
const BACK_OFF_S = [1, 2, 4, 8, 15];

/**
 * `report(event, item, detail)` is told "changed" whenever what is unsent may differ, and of an item "kept", "late",
 * "conflict", "refused", "locked", "restored" or "flag-refused"; of all "signed-out" and "drained".
 */
export class Outbox {
  constructor(report) {
    Object.assign(this, { report, trouble: null, wasOffline: false, heardAt: 0, tries: 0, timer: null, rest: null });
    this.items = new Map();
    this.sent = new Set();
    this.listeners = new Set();
  }

  item(url) {
    if (!this.items.has(url)) this.items.set(url, new Item(url));
    return this.items.get(url);
  }

  get unsent() {
    return [...this.items.values()].filter((item) => item.isUnsent);
  }

  /** Whether the device keeps all that is unsent; false where its storage is full or forbidden. */
  get isKept() {
    return this.unsent.every((item) => item.isKept);
  }

  get ready() {
    return [...this.items.values()].filter((item) => item.isReady).sort((one, other) => one.since - other.since);
  }

  /** What a page shows of the server's state; where an answer is on its way its reply knows better. */
  know(url, { revision, stored, same }) {
    const item = this.item(url);
    if (same) item.same = same;
    if (!item.isOpen) Object.assign(item, { revision, stored, wanted: stored });
    return item;
  }

  /** The answer on the page has changed; it leaves after `wait` milliseconds, or soon after the first such change. */
  change(url, answer, wait = 0) {
    const item = this.item(url);
    const now = performance.now();
    item.wanted = answer;
    if (item.halted === "refused") item.release();
    if (item.isOpen) {
      item.first ??= now;
      item.due = Math.min(now + wait, item.first + LONGEST_WAIT_MS);
      this.keep(item);
    } else this.done(item);
    this.moved(item);
  }

  /** Send the answer of a question without more waiting. */
  hurry(url) {
    this.item(url).due = null;
    this.pump();
  }

  flag(url, flagged) {
    const item = this.item(url);
    item.flag = flagged;
    this.keep(item);
    this.moved(item);
  }

  // A person who goes on although signed out is asked again.
  moved(item) {
    this.report("changed", item);
    if (this.trouble === "signed-out") this.report("signed-out", item);
    else this.pump();
  }

  /** After a conflict: the answer of this page stays, or the stored one. */
  choose(url, mine) {
    const item = this.item(url);
    const { answer, revision } = item.detail;
    Object.assign(item, { revision, stored: answer });
    item.release();
    this.change(url, mine ? item.wanted : answer);
  }

  /** Give up what is unsent of an item. */
  discard(item) {
    item.halt(null, null);
    Object.assign(item, { wanted: item.stored, flag: null });
    this.done(item);
    this.report("changed", item);
  }

  /** Take over what other tabs and earlier visits of this person left, as soon as those tabs are gone. */
  adopt() {
    for (const left of store.others()) store.whenGone(left.owner, () => this.take(left));
  }

  /** Take over everything of this person at once, also from tabs that live: they are about to be closed. */
  takeOver() {
    for (const left of store.others()) this.take(left);
  }

  take(left) {
    const item = this.item(left.url);
    if (item.isUnsent) { item.waiting.push(left); return; }
    const entry = store.claim(left);
    if (!entry) return;
    item.restore(entry);
    this.report("restored", item);
    this.pump();
  }

  /** Send what is ready now; true once nothing is unsent, false where that cannot be within `patience` milliseconds. */
  flush(patience) {
    for (const item of this.ready) item.due = null;
    this.retry();
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); this.listeners.delete(look); resolve(!this.unsent.length); };
      const look = () => { if (this.rest || this.trouble === "signed-out" || !this.isBusy && !this.ready.length) done(); };
      const timer = setTimeout(done, patience);
      this.listeners.add(look);
      look();
    });
  }

  /** The page goes away: all at once, the answer after one in flight as well, because nobody may be there to wait. */
  leave() {
    for (const item of this.items.values()) {
      if (item.sending) this.follow(item);
    }
    for (const item of this.ready.slice(0, MOST_AT_ONCE)) this.transmit(item);
  }

  follow(item) {
    if (!item.isOpen || item.halted || item.following || item.same(item.wanted, item.pending?.answer)) return;
    const next = item.operation(item.pending ? item.pending.revision + 1 : item.revision);
    if (item.pending) item.following = next;
    else item.pending = next;
    this.keep(item);
    send("PUT", `${item.url}/answer`, next);
  }

  /** The network is known to be away, or back, from another request. */
  noteOffline() {
    if (!this.trouble) this.trouble = "offline";
    this.wasOffline = true;
    this.report("changed", null);
  }

  noteOnline() {
    if (this.trouble === "offline") this.trouble = null;
    this.report("changed", null);
    this.retry();
  }

  /** Try again at once. */
  retry() {
    clearTimeout(this.rest);
    this.rest = null;
    this.pump();
  }

  /** Go on after the person has signed in again. */
  resume() {
    if (this.trouble === "signed-out") this.trouble = null;
    this.retry();
  }

  get isBusy() {
    return [...this.items.values()].some((item) => item.sending);
  }

  pump() {
    clearTimeout(this.timer);
    if (this.trouble === "signed-out" || this.rest || this.isBusy) return;
    const { ready } = this;
    const now = performance.now();
    const next = ready.find((item) => (item.due ?? 0) <= now);
    if (next) this.transmit(next);
    else if (ready.length) this.timer = setTimeout(() => this.pump(), Math.min(...ready.map((item) => item.due)) - now);
    else this.drained();
  }

  async transmit(item) {
    item.sending = true;
    if (item.isOpen && !item.halted) await this.sendAnswer(item);
    else await this.sendFlag(item);
    this.report("changed", item);
    this.listeners.forEach((look) => look());
    this.pump();
  }

  async sendAnswer(item) {
    item.pending ??= item.operation();
    item.first = item.due = null;
    this.keep(item);
    this.report("changed", item);
    const { status, body } = await send("PUT", `${item.url}/answer`, item.pending);
    item.sending = false;
    if (status === 200 && Number.isInteger(body.revision)) this.kept(item, body);
    else if (status === 409 && body.error === "stale") this.stale(item, body);
    else if (status === 409 && body.error === "operation") item.pending = null;
    else if (status === 409) this.halt(item, "locked", body);
    else if (status === 410) this.late(item, body);
    else if ([400, 403, 404, 413, 422].includes(status)) this.halt(item, "refused", { ...body, status });
    else this.hold(status, body, item);
  }

  async sendFlag(item) {
    const flagged = item.flag;
    const { status, body } = await send("PUT", `${item.url}/flag`, { flagged });
    item.sending = false;
    if (status === 200 || [400, 403, 404, 409, 410, 422].includes(status)) {
      if (item.flag === flagged) item.flag = null;
      this.reached(item);
      if (status !== 200) this.report("flag-refused", item, body ?? {});
    } else this.hold(status, body, item);
  }

  kept(item, body) {
    const { answer, revision } = body;
    const sent = item.pending.answer;
    const isCurrent = item.same(item.wanted, sent);
    const next = item.following && item.same(item.following.answer, item.wanted) ? { ...item.following, revision } : null;
    Object.assign(item, { revision, stored: answer, pending: isCurrent ? null : next, following: null });
    if (isCurrent) item.wanted = answer;
    this.count(item);
    this.report("kept", item, { ...body, sent });
  }

  stale(item, body) {
    if (!item.same(body.answer, item.wanted)) { this.halt(item, "conflict", body); return; }
    item.pending = item.operation();
    this.kept(item, body);
  }

  late(item, body) {
    Object.assign(item, { wanted: item.stored, pending: null, following: null, flag: null });
    this.count(item);
    this.report("late", item, body);
  }

  halt(item, state, detail) {
    item.halt(state, detail);
    this.reached(item);
    this.report(state, item, detail);
  }

  // The server holds an answer, in time or late.
  count(item) {
    this.sent.add(item.url);
    this.reached(item);
  }

  reached(item) {
    Object.assign(this, { trouble: null, tries: 0, heardAt: performance.now() });
    if (item.isUnsent) this.keep(item);
    else this.done(item);
  }

  hold(status, body, item) {
    this.trouble = status === 401 ? "signed-out" : status === 0 ? "offline" : "waiting";
    if (status === 0) this.wasOffline = true;
    if (status === 401) { this.report("signed-out", item, body); return; }
    if (status >= 500 && status !== 503) item.since = Date.now();
    if (this.rest) return;
    const seconds = BACK_OFF_S[Math.min(this.tries, BACK_OFF_S.length - 1)] * (0.75 + Math.random() / 2);
    this.tries += 1;
    this.rest = setTimeout(() => { this.rest = null; this.pump(); }, seconds * 1000);
  }

  done(item) {
    store.drop(item.url);
    Object.assign(item, { since: 0, first: null, due: null });
    if (item.waiting.length) this.take(item.waiting.shift());
  }

  keep(item) {
    item.since ||= Date.now();
    item.isKept = store.keep(item.url, item.entry);
  }

  drained() {
    if (this.trouble || (!this.wasOffline && !this.sent.size)) return;
    const detail = { sent: this.sent.size, wasOffline: this.wasOffline };
    this.sent.clear();
    this.wasOffline = false;
    this.report("drained", null, detail);
  }
}
