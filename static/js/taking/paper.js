// The pages of the attempt in this page's memory, and nowhere else: those that were shown, and those fetched ahead.

import { pause } from "../request.js";
import { fetchScripts } from "./answers.js";
import { fetchPictures } from "./pictures.js";

const PATIENCE_MS = 10000;
const BEFORE_MS = 2500;
const LEAST_PAUSE_MS = 700;
const PAUSE_FACTOR = 4;
const AGAIN_MS = 5000;

export class Paper {
  constructor() {
    this.pages = new Map();
    this.isFetching = false;
  }

  /** Fetch a page; {status, path, page}, where `page` is null if what came is no page of a sitting. */
  async load(url, { unattended = false } = {}) {
    const headers = { Accept: "text/html", ...(unattended ? { "X-Unattended": "yes" } : {}) };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const begun = performance.now();
    try {
      const response = await fetch(url, { headers, cache: "no-store", redirect: unattended ? "manual" : "follow", signal });
      return await read(response, begun);
    } catch {
      return { status: 0, path: url, page: null };
    }
  }

  /** Send a form as its button would, and read the page that comes. */
  async post(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    const begun = performance.now();
    try {
      return await read(await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" }, cache: "no-store" }), begun);
    } catch {
      return { status: 0, path: form.action, page: null };
    }
  }

  /** Fetch what is not here yet, one page after another and only while `isFree`; the slower the server, the longer the pauses. */
  async fetchAhead(urls, isFree) {
    this.urls = urls;
    if (this.isFetching) return;
    this.isFetching = true;
    await pause(BEFORE_MS);
    await Promise.allSettled([import("./review.js"), import("./sign_in.js")]);
    for (let url; (url = this.urls.find((each) => !this.pages.has(each)));) {
      await idle();
      const begun = performance.now();
      const { status, page } = isFree() ? await this.load(url, { unattended: true }) : { status: 503 };
      if (page && !("awaits" in page.stage.dataset)) await this.keep(url, page);
      else if (page || status !== 0 && status < 500) this.urls = this.urls.filter((each) => each !== url);
      await pause(page ? Math.max(LEAST_PAUSE_MS, PAUSE_FACTOR * (performance.now() - begun)) : AGAIN_MS);
    }
    this.isFetching = false;
  }

  // Without the script of its kind a page could not be answered.
  async keep(url, page) {
    await fetchScripts(page.stage).catch(() => pause(AGAIN_MS));
    fetchPictures(page.stage);
    if (!this.pages.has(url)) this.pages.set(url, page);
  }
}

/** The page that a document of the server holds, or null. */
export function pageOf(found, url) {
  const stage = found.getElementById("stage");
  const timer = found.getElementById("timer");
  return stage && {
    url, stage: found === document ? stage : document.adoptNode(stage), title: found.title, bodyClass: found.body.className,
    remaining: timer ? Number(timer.dataset.remainingMs) : null, view: null, begun: 0, at: 0,
  };
}

async function read(response, begun) {
  if (response.type === "opaqueredirect") return { status: 303, path: "", page: null };
  const path = new URL(response.url || location.href).pathname;
  const isPage = response.ok && response.headers.get("Content-Type")?.startsWith("text/html");
  if (!isPage && response.status !== 409 && response.status !== 422) return { status: response.status, path, page: null };
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  const page = pageOf(found, path);
  if (page) Object.assign(page, { status: response.status, begun, at: (begun + performance.now()) / 2 });
  return { status: response.status, path, page };
}

function idle() {
  return new Promise((resolve) => { (window.requestIdleCallback ?? setTimeout)(resolve); });
}
