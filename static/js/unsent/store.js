// What the server has not acknowledged, kept on this device: one entry for each person, tab and question (decision 15).

import { person } from "../request.js";

const PREFIX = "unsent";
const tab = crypto.randomUUID();

// A living tab holds the lock of its name, so that no other one takes its entries for left behind.
if (person) navigator.locks?.request(tab, () => new Promise(() => {}));

function name(url, owner) {
  return [PREFIX, person, owner, url].join(" ");
}

/** Keep an entry; false where this device does not let us. */
export function keep(url, entry) {
  try {
    localStorage.setItem(name(url, tab), JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

/** Forget an entry that was acknowledged, or that its person gave up. */
export function drop(url, owner = tab) {
  try { localStorage.removeItem(name(url, owner)); } catch { /* Where nothing can be kept, nothing is to be dropped. */ }
}

/** This person's entries of other tabs and earlier visits, as {url, owner}. */
export function others() {
  return names().map((each) => each.split(" ")).map(([, , owner, url]) => ({ url, owner })).filter(({ owner }) => owner !== tab);
}

/** Whether anything of this person is kept here, by whichever tab. */
export function holdsAny() {
  return names().length > 0;
}

/** Forget everything of this person. */
export function forgetAll() {
  names().forEach((each) => localStorage.removeItem(each));
}

/** Make an entry this tab's own; null where it is gone meanwhile or cannot be read. */
export function claim({ url, owner }) {
  const entry = look({ url, owner });
  if (!entry) return null;
  const isKept = keep(url, entry);
  drop(url, owner);
  if (!isKept) keep(url, entry);
  return entry;
}

/** An entry as it is kept now. */
export function look({ url, owner }) {
  try { return JSON.parse(localStorage.getItem(name(url, owner))); } catch { return null; }
}

/** Call back once the tab is gone, which may be at once. */
export function whenGone(owner, run) {
  if (navigator.locks) navigator.locks.request(owner, run);
  else run();
}

function names() {
  try {
    const own = `${PREFIX} ${person} `;
    return person ? Object.keys(localStorage).filter((each) => each.startsWith(own)) : [];
  } catch {
    return [];
  }
}
