// A mark on the figure, in the figure's units; or a place of the described list, which takes the mark's place.

const FAR_STEPS = 10;
const SETTLE_MS = 300;
const NONE = "No mark yet";
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const field = (root, name) => root.querySelector(`[name="answer-${name}"]`);
const places = (root) => [...root.querySelectorAll(".hotspot-list input")];

/** The plane of the figure: its ends across and down, and the step of a nudge. */
function planeOf(root) {
  const { x, y, step, unit } = root.dataset;
  return { x: x.split(" ").map(Number), y: y.split(" ").map(Number), step: Number(step), unit };
}

/** The place chosen, else the mark, else null. */
export function read(root) {
  const place = places(root).find((each) => each.checked)?.value;
  if (place) return { place };
  const [x, y] = [field(root, "x").value, field(root, "y").value];
  return x && y ? { x, y } : null;
}

/** Let a mark or a place stand on the page; null takes both away. */
export function write(root, answer) {
  field(root, "x").value = answer?.x ?? "";
  field(root, "y").value = answer?.y ?? "";
  for (const each of places(root)) each.checked = each.value === answer?.place;
  show(root);
}

/** Let the figure, its keys, the pad and the list answer; `changed` is told of every change by the person. */
export function init(root, changed) {
  const target = root.querySelector(".hotspot-target");
  const plane = planeOf(root);
  const put = (x, y, wait = 0) => {
    write(root, { x: within(x, plane.x), y: within(y, plane.y) });
    changed(wait);
  };
  const nudge = ([right, down], steps) => {
    const [x, y] = markOf(root) ?? [middle(plane.x), middle(plane.y)];
    put(x + right * steps * plane.step, y + down * steps * plane.step, SETTLE_MS);
  };
  const clear = () => { write(root, null); changed(); };
  target?.addEventListener("click", (event) => put(...pointed(target, event, plane)));
  target?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in WAYS) nudge(WAYS[event.key], event.shiftKey ? FAR_STEPS : 1);
    else if (["Delete", "Backspace"].includes(event.key)) clear();
    else return;
    event.preventDefault();
  });
  for (const button of root.querySelectorAll("[data-nudge]")) {
    button.addEventListener("click", () => nudge(button.dataset.nudge.split(" ").map(Number), 1));
  }
  root.querySelector("[data-clear]")?.addEventListener("click", clear);
  for (const each of places(root)) each.addEventListener("change", () => write(root, { place: each.value }));
  show(root);
}

function within(value, [low, high]) {
  return (Math.min(high, Math.max(low, value)) + 0).toFixed(2).replace(/^-0\.00$/, "0.00");
}

function middle([low, high]) {
  return (low + high) / 2;
}

function markOf(root) {
  const answer = read(root);
  return answer?.x ? [Number(answer.x), Number(answer.y)] : null;
}

/** Where the pointer is on the plane. */
function pointed(target, event, { x, y }) {
  const box = target.getBoundingClientRect();
  return [
    x[0] + ((event.clientX - box.left) / box.width) * (x[1] - x[0]),
    y[0] + ((event.clientY - box.top) / box.height) * (y[1] - y[0]),
  ];
}

function show(root) {
  const mark = markOf(root);
  const pin = root.querySelector(".mark-pin");
  const plane = planeOf(root);
  pin.setAttribute("visibility", mark ? "visible" : "hidden");
  const lens = root.querySelector(".section-lens");
  if (lens) lens.hidden = !mark;
  if (mark) {
    const [across, down] = [share(mark[0], plane.x), share(mark[1], plane.y)];
    pin.setAttribute("x", `${across * 100}%`);
    pin.setAttribute("y", `${down * 100}%`);
    if (lens) showLens(lens, across, down);
  }
  showWords(root, mark, plane);
}

function share(value, [low, high]) {
  return (value - low) / (high - low);
}

/** The lens shows what lies under the mark, and goes to the other side where it would cover the mark. */
function showLens(lens, across, down) {
  lens.classList.toggle("is-left", across > 0.5 && down > 0.45);
  lens.querySelector(".lens-section").style.transform = `translate(-${across * 100}%, -${down * 100}%)`;
}

function showWords(root, mark, plane) {
  const [x, y] = [root.querySelector('[data-mark="x"]'), root.querySelector('[data-mark="y"]')];
  const words = mark && wordsOf(root, mark, plane);
  const empty = read(root)?.place ? "From the list" : NONE;
  x.textContent = words?.x ?? empty;
  y.textContent = words?.y ?? empty;
  root.querySelector('[role="status"]').textContent = words?.all ?? empty;
}

function wordsOf(root, mark, plane) {
  const x = distanceWords(mark[0], plane.x, plane.unit);
  if (!("onFigure" in root.dataset)) {
    const depth = depthWords(mark[1]);
    return { x, y: depth, all: `Mark: depth ${depth}, ${x} from the left edge` };
  }
  const y = distanceWords(mark[1], plane.y, plane.unit);
  return { x, y, all: `Mark: ${x} from the left edge, ${y} from the top edge` };
}

function distanceWords(value, span, unit) {
  return unit ? `${value.toFixed(2)}\u00a0${unit}` : `${value.toFixed(2)} of ${span[1].toFixed(2)}`;
}

function depthWords(y) {
  return y < 0 ? `${(-y).toFixed(2)}\u00a0mm above the surface` : `${y.toFixed(2)}\u00a0mm`;
}
