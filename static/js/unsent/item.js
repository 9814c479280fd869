// The place of one question in the outbox: what the server holds, what the person wants, what is on its way.

/** An answer as text that is equal for equal answers: the order of a mapping tells nothing, that of a list does. */
export function plain(answer) {
  return JSON.stringify(answer ?? null, (name, part) => (
    part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part
  ));
}

export class Item {
  constructor(url) {
    Object.assign(this, {
      url,
      revision: 0, stored: undefined, // as the server told it; undefined before it did
      wanted: undefined, // as it stands on the page; undefined before anything was said
      pending: null, following: null, // operations that are on their way, or may be
      flag: null, // a flag to be set or unset
      halted: null, detail: null, // "conflict", "refused" or "locked": waits for the person
      first: null, due: null, since: 0, // the first change that is in no operation yet, and when it is to be sent
      sending: false, isKept: true, waiting: [], // `waiting`: entries of other tabs for the same question
      same: (one, other) => plain(one) === plain(other),
    });
  }

  /** Whether an answer stands here that the server has not acknowledged. */
  get isOpen() {
    if (this.pending) return true;
    return this.wanted !== undefined && (this.stored === undefined || !this.same(this.wanted, this.stored));
  }

  get isUnsent() {
    return this.isOpen || this.flag !== null;
  }

  get isReady() {
    return !this.sending && ((this.isOpen && !this.halted) || this.flag !== null);
  }

  /** The operation that carries the answer of now. */
  operation(revision = this.revision) {
    return { answer: this.wanted ?? null, revision, operation: crypto.randomUUID() };
  }

  /** What this device keeps of it. */
  get entry() {
    const { revision, wanted, pending, following, flag, since } = this;
    return { revision, wanted, pending, following, flag, since };
  }

  /** Go on from what an earlier visit kept. */
  restore({ revision, wanted, pending, following, flag, since }) {
    Object.assign(this, { flag, since, first: null, due: null });
    if (wanted === undefined) return;
    Object.assign(this, { revision, wanted, pending, following });
    if (!pending && this.stored !== undefined) this.pending = this.operation();
  }

  halt(state, detail) {
    Object.assign(this, { halted: state, detail, pending: null, following: null });
  }

  release() {
    Object.assign(this, { halted: null, detail: null });
  }
}
