// What every page may use: toasts, dialogs, filters that apply on change, showing a password.

const TOAST_MS = 6000;
const ICONS = {
  good: "check-circle-fill", note: "info-circle-fill", warning: "clock-fill", error: "exclamation-triangle-fill",
  flag: "flag-fill", online: "cloud-check",
};

/** Build an icon of the sprite. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.getElementById("toasts").dataset.sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Show one line; kind is a key of ICONS; action is {label, run}. Errors stay until they are closed. */
export function showToast(kind, text, action = null) {
  const item = document.createElement("div");
  const words = document.createElement("span");
  item.className = `toast-item toast-${kind === "online" ? "good" : kind}`;
  if (kind === "error") item.setAttribute("role", "alert");
  words.className = "toast-words";
  words.textContent = text;
  item.append(icon(ICONS[kind]), words, action ? actionButton(item, action) : closeButton());
  document.getElementById("toasts").append(item);
  watch(item);
  return item;
}

function actionButton(item, { label, run }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link";
  button.textContent = label;
  button.addEventListener("click", () => { item.remove(); run(); });
  return button;
}

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-icon btn-icon-quiet";
  button.dataset.toastClose = "";
  button.setAttribute("aria-label", "Close this message");
  button.append(icon("x-lg"));
  return button;
}

// A confirmation leaves by itself, but waits while it is pointed at or holds the focus.
function watch(item) {
  if (item.classList.contains("toast-error")) return;
  let timer = null;
  const start = () => { clearTimeout(timer); timer = setTimeout(() => item.remove(), TOAST_MS); };
  const stop = () => clearTimeout(timer);
  item.addEventListener("pointerenter", stop);
  item.addEventListener("pointerleave", start);
  item.addEventListener("focusin", stop);
  item.addEventListener("focusout", start);
  start();
}

function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  target?.closest("[data-dialog-close]")?.closest("dialog")?.close();
  if (target?.closest("[data-print]")) window.print();
  target?.closest("[data-toast-close]")?.closest(".toast-item")?.remove();
  if (target instanceof HTMLDialogElement && target.classList.contains("sheet") && outside(target, event)) target.close();
}

function outside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientY < box.top || clientY > box.bottom || clientX < box.left || clientX > box.right;
}

// data-submit-on-change on a form applies its filters at once; typing in a search box waits for Enter.
function onChange(event) {
  const form = event.target.form?.closest("form[data-submit-on-change]");
  if (form && event.target.type !== "search") form.requestSubmit();
}

// Empty filters stay out of the address.
function onSubmit(event) {
  const form = event.target;
  if (!form.matches("form[data-submit-on-change]")) return;
  for (const control of form.elements) {
    if (control.name && !control.value) control.disabled = true;
  }
}

function letPasswordBeShown(button) {
  const field = document.getElementById(button.dataset.showPassword);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? "Show" : "Hide";
    button.setAttribute("aria-label", shown ? "Show password" : "Hide password");
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

// A long matrix scrolls in its own region; a line marks the fixed column once it has moved.
function markScrolled(region) {
  region.addEventListener("scroll", () => region.classList.toggle("is-scrolled", region.scrollLeft > 0), { passive: true });
}

// Whose page this is: answers that an earlier visit could not send follow now, and signing out sends them first.
const person = document.querySelector('meta[name="person"]')?.content;
const tabs = new BroadcastChannel("signed-out");

function hasUnsent() {
  try { return Object.keys(localStorage).some((each) => each.startsWith(`unsent ${person} `)); } catch { return false; }
}

async function onSignOut(event) {
  if (!event.target.matches("form[data-sign-out]")) return;
  event.preventDefault();
  const { signOut } = await import("./unsent/leftovers.js");
  await signOut(event.target, () => tabs.postMessage(person));
}

// A tab of somebody who has signed out in another one shows nothing of them any longer.
tabs.addEventListener("message", ({ data }) => {
  if (data !== person) return;
  document.dispatchEvent(new Event("signed-out"));
  location.reload();
});

if (!person) forgetTab();
else if (!document.getElementById("exam") && hasUnsent()) import("./unsent/leftovers.js").then(({ sendLeft }) => sendLeft());

function forgetTab() {
  try { sessionStorage.clear(); } catch { /* Where storage is forbidden, nothing is kept in it. */ }
}

document.addEventListener("submit", onSignOut);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("submit", onSubmit);
document.querySelectorAll("[data-toast]").forEach(watch);
document.querySelectorAll("[data-show-password]").forEach(letPasswordBeShown);
document.querySelectorAll(".matrix-region").forEach(markScrolled);
document.querySelector(".error-summary")?.focus();
window.addEventListener("pageshow", (event) => {
  if (event.persisted && person) location.reload();
});

// Where the picture of a figure does not come, its words take its place.
function showWords(image) {
  const words = image.closest(".figure-plot")?.parentElement?.querySelector(".figure-words");
  if (words) words.open = true;
}

document.addEventListener("error", (event) => { if (event.target instanceof HTMLImageElement) showWords(event.target); }, true);
for (const image of document.querySelectorAll(".figure-plot img")) if (image.complete && !image.naturalWidth) showWords(image);
