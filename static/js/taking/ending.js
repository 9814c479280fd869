// The end of a sitting: the page ends visibly, what is unsent is sent and said to be late where it was late.

import { count, verb } from "../unsent/words.js";

const GRACE_MS = 1500;

export class Ending {
  /** `page()` is the one of now; `leave(url)` goes there without asking. */
  constructor({ outbox, result, page, leave, announce }) {
    Object.assign(this, { outbox, result, page, leave, announce, isFrozen: false, isOver: false, message: "", doubt: "", going: null });
    this.late = new Set();
  }

  /** The clock says that no time is left; only the server knows. */
  timeIsUp() {
    this.isFrozen = true;
    this.announce("Time is up.");
    this.show();
  }

  /** Time is over, but the server cannot close the attempt yet, and says why. */
  wait(reason) {
    Object.assign(this, { isFrozen: true, doubt: reason });
    this.show();
  }

  /** There is time left after all. */
  goOn() {
    if (this.isOver || !this.isFrozen) return;
    Object.assign(this, { isFrozen: false, doubt: "" });
    freeze(this.page().stage, false);
    this.page().view?.notes.hide("ending");
  }

  /** The server has closed the attempt. */
  close(message) {
    if (!this.isOver) this.announce(message);
    Object.assign(this, { isFrozen: true, isOver: true, message });
    this.show();
  }

  /** An answer came after the close. */
  noteLate(item, message) {
    this.late.add(item.url);
    this.close(message);
  }

  /** Let the page of now say where things stand; lead on to the result once there is nothing to send and nothing to read. */
  show() {
    const { stage, view } = this.page();
    if (!this.isFrozen || !view) return;
    freeze(stage, true);
    view.notes.show(this.title, this.sentence, [{ label: "Go to the result", url: this.result }], "ending");
    if (this.isOver && !this.isWaiting && !this.late.size) this.going ??= setTimeout(() => this.leave(this.result), GRACE_MS);
  }

  get isWaiting() {
    return this.outbox.isBusy || this.outbox.ready.length > 0;
  }

  // The sentence with the time; what it says of one answer is said below of all.
  get title() {
    return this.message.replace(/ This answer .*/, "") || "Time is up.";
  }

  get sentence() {
    const late = this.late.size;
    if (this.doubt && !this.isOver) return this.doubt;
    if (this.isWaiting) return "What is kept on this device is sent as soon as the server answers.";
    if (late) return `${late === 1 ? "This answer" : count(late, "answer")} came after and ${verb(late)} not counted.`;
    return "What was saved counts. The result comes in a moment.";
  }
}

/** What can be answered or pressed on a page of the sitting stands still. */
function freeze(stage, isFrozen) {
  for (const part of stage.querySelectorAll("#sides, .action-bar, .exam-aside, .review-actions")) part.inert = isFrozen;
  if (isFrozen) stage.querySelectorAll("dialog[open]").forEach((each) => each.close());
}
