// The pages of a sitting change in place, so that what was fetched ahead is there when the network is not (decision 15).

import { freshenForms, patiently } from "../request.js";
import { positionOf } from "../unsent/words.js";
import { Paper, pageOf } from "./paper.js";
import { Question } from "./question.js";

const SLOW_MS = 400;

export class Pages {
  /** `sitting` is told what came instead of a page: `tell(found, path)`; and what a page says of all questions: `learn(page)`. */
  constructor(sitting, { review, first }) {
    Object.assign(this, { sitting, review, first, moves: 0 });
    this.paper = new Paper();
    this.current = pageOf(document, location.pathname);
    this.paper.pages.set(this.current.url, this.current);
  }

  /** Whether an address is a page of this sitting. */
  holds(path) {
    return path === this.review || /^\d+$/.test(path.slice(this.first.length - 1)) && path.startsWith(this.first.slice(0, -1));
  }

  nameOf(path) {
    return path === this.review ? "the review" : `question ${positionOf(path)}`;
  }

  /** The view of an address, if its page was shown already. */
  viewAt(path) {
    return this.paper.pages.get(path)?.view ?? null;
  }

  /** Let a page stand in the document; `focus` names what gets the focus on it. */
  async show(next, focus = "h1") {
    const { sitting, current: old } = this;
    this.current = next;
    if (old !== next) swap(old, next);
    freshenForms(next.stage);
    next.beginning ??= this.begin(next.stage).catch((fault) => { next.beginning = null; throw fault; });
    next.view = await next.beginning;
    if (this.current !== next) return;
    next.view.refresh();
    sitting.refresh();
    if (focus) next.stage.querySelector(focus)?.focus({ preventScroll: focus === "h1" });
  }

  async begin(stage) {
    const View = stage.dataset.kind === "question" ? Question : (await patiently(() => import("./review.js"))).Review;
    const view = new View(stage, this.sitting);
    await view.start();
    return view;
  }

  /** Show a page that the server sent after a step, and give it its place in the history; `focus` where not the usual. */
  async follow(page, focus = "") {
    const { stage } = page;
    if (page.url !== this.current.url) history.pushState(null, "", page.url);
    const usual = stage.querySelector("#feedback") ? "#feedback" : page.status === 422 ? "#answer-body :is(input, button, select)" : "h1";
    await this.show(page, focus || usual);
  }

  forget(path) {
    this.paper.pages.delete(path);
  }

  /** Go to a page: at once where it is in memory, and then ask what has changed; else fetch it. */
  async goTo(path, { push = true } = {}) {
    if (path === this.current.url) return;
    const move = ++this.moves;
    const known = this.paper.pages.get(path);
    const next = known ?? await this.fetch(path);
    if (!next || move !== this.moves) return;
    if (push) history.pushState(null, "", path);
    await this.show(next);
    if (known) await this.renew(path);
  }

  /** Fetch the page of now anew and let it take the place of what stands there. */
  async reload() {
    const found = await this.fetch(this.current.url);
    if (found) await this.show(found);
  }

  async fetch(path) {
    const { stage } = this.current;
    const slow = setTimeout(() => this.showLoading(stage, path), SLOW_MS);
    const found = await this.paper.load(path);
    clearTimeout(slow);
    hideLoading(stage);
    if (!found.page || found.path !== path) { this.sitting.tell(found, path); return null; }
    return this.take(found.page);
  }

  showLoading(stage, path) {
    const blocks = document.createElement("div");
    blocks.className = "skeleton";
    blocks.append(...["", "", "block", "block", "block"].map((name) => Object.assign(document.createElement("span"), { className: name })));
    stage.classList.add("is-loading");
    stage.querySelector(".exam-question")?.append(blocks);
    this.sitting.announce(`Loading ${this.nameOf(path)}`);
  }

  /** Keep a page that the server has just sent, in the place of an older one. */
  take(page) {
    this.sitting.learn(page);
    this.paper.pages.set(page.url, page);
    return page;
  }

  // This also tells the server which question is shown. What the person has changed meanwhile is left alone.
  async renew(path) {
    const found = await this.paper.load(path);
    if (!found.page || found.path !== path) { this.sitting.tell(found, null); return; }
    const isNews = this.sitting.learn(found.page);
    const known = this.paper.pages.get(path);
    if (isNews && known.view?.isOlderThan?.(found.page.stage.dataset)) {
      this.paper.pages.set(path, found.page);
      if (this.current === known) await this.show(found.page, known.stage.contains(document.activeElement) ? "h1" : "");
    } else {
      this.current.view?.refresh();
      this.sitting.refresh();
    }
  }
}

function hideLoading(stage) {
  stage.classList.remove("is-loading");
  stage.querySelector(".exam-question > .skeleton")?.remove();
}

function swap(old, next) {
  for (const dialog of old.stage.querySelectorAll("dialog[open]")) dialog.close();
  old.stage.replaceWith(next.stage);
  document.title = next.title;
  document.body.className = next.bodyClass;
  scrollTo(0, 0);
}
