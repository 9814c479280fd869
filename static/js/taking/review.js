// The page before handing in, kept true to what is answered and flagged on this device.

import { Notes } from "./notes.js";

export class Review {
  constructor(stage, { progress, outbox }) {
    Object.assign(this, { stage, progress, outbox });
    this.notes = new Notes(stage);
  }

  start() {}

  hear() {}

  /** Write the sums anew. */
  refresh() {
    const { progress } = this;
    const open = progress.positions((place) => !place.answered);
    this.fill("answered", [`${progress.answered} of ${progress.of}`]);
    this.fill("unanswered", open);
    this.fill("flagged", progress.positions((place) => place.flagged));
    const words = this.stage.querySelector("[data-open]");
    words.textContent = open.length
      ? `${open.length} of ${progress.of} questions ${open.length === 1 ? "is" : "are"} not answered.${words.dataset.open}`
      : `All ${progress.of} questions are answered.`;
    for (const link of this.stage.querySelectorAll("[data-go]")) this.lead(link, open[0] ?? progress.of);
    for (const each of this.stage.querySelectorAll("[data-when-open]")) each.hidden = !open.length;
    for (const each of this.stage.querySelectorAll("[data-when-done]")) each.hidden = open.length > 0;
  }

  /** Say why it was not handed in. */
  hold(title, sentence, acts = []) {
    this.notes.show(title, sentence, acts, "hold");
    this.notes.place.scrollIntoView({ block: "center" });
  }

  fill(sum, parts) {
    for (const place of this.stage.querySelectorAll(`[data-sum="${sum}"]`)) {
      const shown = "links" in place.dataset ? parts.map((each) => this.link(each)) : parts;
      place.replaceChildren(...shown.flatMap((each, index) => index ? [", ", each] : [each]));
      if (!parts.length) place.textContent = "None";
    }
  }

  link(position) {
    const link = document.createElement("a");
    link.textContent = position;
    link.href = this.addressOf(position);
    return link;
  }

  lead(link, position) {
    link.textContent = `Go to question ${position}`;
    link.href = this.addressOf(position);
  }

  addressOf(position) {
    return this.stage.querySelector(`.nav-square[data-position="${position}"]`).getAttribute("href");
  }
}
