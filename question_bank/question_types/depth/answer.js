// The needle's depth: one value in the field, on the slider, under the buttons and at the needle's tip.

const UNITS_PER_MM = 200;
const STEPS_PER_MM = 20;
const AIR_MM = 0.6;
const HEIGHT_MM = 3.35;
const WITHDRAWN_MM = -0.1;
const FAR_MM = 0.25;
const STILL_PX = 3;
const SETTLE_MS = 300;

const parts = (root) => ({
  field: root.querySelector(".depth-field input"),
  slider: root.querySelector(".depth-slider"),
  needle: root.querySelector(".needle"),
  pill: root.querySelector(".depth-pill"),
});

/** The depth as text with two decimals, what was typed where that is no depth of this question, or null. */
export function read(root) {
  const typed = parts(root).field.value.trim();
  if (!typed) return null;
  const depth = typedDepth(typed);
  return depth === null || !isOpen(root, depth) ? typed : snapped(depth).toFixed(2);
}

/** Let a depth stand on the page; null withdraws the needle. */
export function write(root, answer) {
  parts(root).field.value = answer ?? "";
  show(root);
}

/** Make field, slider, buttons and needle one control; the page itself listens to the field. */
export function init(root, changed) {
  const { field, slider } = parts(root);
  const set = (depth) => {
    write(root, limited(root, depth).toFixed(2));
    changed(SETTLE_MS);
  };
  field.addEventListener("input", () => show(root));
  field.addEventListener("change", () => write(root, read(root)));
  for (const button of root.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => set(stepped(root, Number(button.dataset.by) / STEPS_PER_MM)));
  }
  slider.addEventListener("input", () => set(Number(slider.value)));
  slider.addEventListener("pointerup", () => { if (depthOf(root) === null) set(Number(slider.value)); });
  slider.addEventListener("keydown", (event) => {
    const depth = event.ctrlKey || event.altKey || event.metaKey ? null : keyed(root, event.key);
    if (depth === null) return;
    event.preventDefault();
    set(depth);
  });
  if (!field.readOnly) letDrag(root, changed);
  show(root);
}

function typedDepth(text) {
  return /^\d*[.,]?\d+$|^\d+[.,]$/.test(text) ? Number(text.replace(",", ".")) : null;
}

function bounds(root) {
  return [Number(root.dataset.low), Number(root.dataset.high)];
}

function isOpen(root, depth) {
  const [low, high] = bounds(root);
  return depth >= low && depth <= high;
}

function snapped(depth) {
  return Math.round(depth * STEPS_PER_MM) / STEPS_PER_MM;
}

function limited(root, depth) {
  const [low, high] = bounds(root);
  return Math.min(high, Math.max(low, snapped(depth)));
}

/** The depth that stands on the page, as a number; null where there is none. */
function depthOf(root) {
  const depth = typedDepth(parts(root).field.value.trim());
  return depth === null || !isOpen(root, depth) ? null : snapped(depth);
}

/** The first step from "not answered" is the shallowest depth, whichever way it goes. */
function stepped(root, by) {
  const depth = depthOf(root);
  return depth === null ? bounds(root)[0] : depth + by;
}

function keyed(root, key) {
  const [low, high] = bounds(root);
  const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: FAR_MM * STEPS_PER_MM, PageDown: -FAR_MM * STEPS_PER_MM };
  if (key === "Home") return low;
  if (key === "End") return high;
  return key in ways ? stepped(root, ways[key] / STEPS_PER_MM) : null;
}

function show(root) {
  const { slider } = parts(root);
  const depth = depthOf(root);
  const [low, high] = bounds(root);
  showNeedle(root, depth);
  slider.value = depth ?? low;
  slider.classList.toggle("is-empty", depth === null);
  slider.setAttribute("aria-valuetext", depth === null ? "Not answered" : `${depth.toFixed(2)} millimetres`);
  slider.style.setProperty("--filled", `${((depth ?? low) - low) / (high - low)}`);
}

function showNeedle(root, depth) {
  const { needle, pill } = parts(root);
  const tip = depth ?? WITHDRAWN_MM;
  const down = `${((AIR_MM + tip) / HEIGHT_MM) * 100}%`;
  const visible = depth === null ? "hidden" : "visible";
  needle.setAttribute("transform", `translate(400 ${(tip * UNITS_PER_MM).toFixed(1)})`);
  needle.querySelector(".needle-line").setAttribute("visibility", visible);
  pill.setAttribute("visibility", visible);
  pill.setAttribute("y", down);
  pill.querySelector("text").textContent = depth === null ? "" : depth.toFixed(2);
  root.querySelector(".lens-section").style.transform = `translate(-50%, -${down})`;
}

/** The needle follows the pointer; the answer is told when the pointer lets go. */
function letDrag(root, changed) {
  const handle = root.querySelector(".needle-handle");
  let held = null;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held = { y: event.clientY, depth: depthOf(root) ?? WITHDRAWN_MM, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!held || (!held.moved && Math.abs(event.clientY - held.y) < STILL_PX)) return;
    held.moved = true;
    root.classList.add("is-dragging");
    const height = root.querySelector(".section-picture").clientHeight;
    write(root, limited(root, held.depth + ((event.clientY - held.y) / height) * HEIGHT_MM).toFixed(2));
  });
  const letGo = () => {
    root.classList.remove("is-dragging");
    if (held?.moved) changed();
    held = null;
  };
  handle.addEventListener("pointerup", letGo);
  handle.addEventListener("pointercancel", letGo);
}
