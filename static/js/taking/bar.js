// What the bar and the notes say of the answers: saved, being saved, kept on this device, or waiting for the person.

import { amount, positionOf } from "../unsent/words.js";
import { SavedState } from "./saved_state.js";

const WHY = {
  conflict: "Another answer was saved meanwhile, in another tab or on another device.",
  refused: "The server refused the answer.",
  locked: "It was checked, so it cannot be changed any more.",
};

export class Bar {
  /** `acts(url)` makes the act that leads to a question. */
  constructor({ outbox, progress, zone, actTo }) {
    Object.assign(this, { outbox, progress, actTo });
    this.saved = new SavedState(document.getElementById("saved-state"), document.getElementById("offline-strip"), zone);
  }

  /** Tell the truth about a page and all that is unsent. */
  show(page) {
    const { outbox, saved } = this;
    const { unsent, trouble } = outbox;
    const { item, isSaved = true, keptAs = "" } = page.view;
    this.showElsewhere(page, unsent.filter((each) => each.halted && each.url !== page.url));
    if (page.view.isLate) saved.show("late");
    else if (item?.halted || (item?.wanted === undefined && !isSaved)) saved.show("refused");
    else if (trouble) saved.show(trouble, { more: this.kept(unsent) });
    else if (keptAs) saved.show("saved", { more: `as ${keptAs}` });
    else if (!isSaved || unsent.some((each) => !each.halted)) saved.show("saving");
    else this.showSaved(page.view);
  }

  showSaved({ item, since = null, savedAt = null }) {
    const isAnswered = item ? (item.stored ?? null) !== null : this.progress.answered > 0;
    if (since === null && !isAnswered) this.saved.show("none");
    else this.saved.show("saved", { savedAt, since: savedAt && since });
  }

  kept(unsent) {
    if (!unsent.length) return "";
    return this.outbox.isKept ? `${amount(unsent)} kept on this device` : `${amount(unsent)} kept in this page only: leave it open`;
  }

  // Answers of other questions that wait for the person.
  showElsewhere({ view: { notes } }, waiting) {
    notes.keepOnly("elsewhere ", waiting.map((item) => item.url));
    for (const { url, halted, detail } of waiting) {
      const name = `elsewhere ${url}`;
      const act = { label: `Go to question ${positionOf(url)}`, ...this.actTo(url) };
      const sentence = halted === "refused" && detail.message || WHY[halted];
      if (!notes.has(name)) notes.show(`Question ${positionOf(url)} is not saved.`, sentence, [act], name);
    }
  }
}
