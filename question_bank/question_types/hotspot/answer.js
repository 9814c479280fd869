// A mark on the figure, in millimetres; or a place of the described list, which takes the mark's place.

const UNITS_PER_MM = 200;
const UNITS_WIDE = 800;
const UNITS_HIGH = 670;
const LEFT = 0, RIGHT = 4, TOP = -0.6, BOTTOM = 2.75;
const NUDGE_MM = 0.02;
const FAR_MM = 0.2;
const SETTLE_MS = 300;
const NONE = "No mark yet";
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const field = (root, name) => root.querySelector(`[name="answer-${name}"]`);
const places = (root) => [...root.querySelectorAll(".hotspot-list input")];

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
  const put = (x, y, wait = 0) => {
    write(root, { x: within(x, LEFT, RIGHT), y: within(y, TOP, BOTTOM) });
    changed(wait);
  };
  const nudge = ([right, down], by) => {
    const [x, y] = markOf(root) ?? [(LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2];
    put(x + right * by, y + down * by, SETTLE_MS);
  };
  const clear = () => { write(root, null); changed(); };
  target?.addEventListener("click", (event) => put(...pointed(target, event)));
  target?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in WAYS) nudge(WAYS[event.key], event.shiftKey ? FAR_MM : NUDGE_MM);
    else if (["Delete", "Backspace"].includes(event.key)) clear();
    else return;
    event.preventDefault();
  });
  for (const button of root.querySelectorAll("[data-nudge]")) {
    button.addEventListener("click", () => nudge(button.dataset.nudge.split(" ").map(Number), NUDGE_MM));
  }
  root.querySelector("[data-clear]")?.addEventListener("click", clear);
  for (const each of places(root)) each.addEventListener("change", () => write(root, { place: each.value }));
  show(root);
}

function within(value, low, high) {
  return (Math.min(high, Math.max(low, value)) + 0).toFixed(2).replace(/^-0\.00$/, "0.00");
}

function markOf(root) {
  const answer = read(root);
  return answer?.x ? [Number(answer.x), Number(answer.y)] : null;
}

/** Where the pointer is, in mm. */
function pointed(target, event) {
  const box = target.getBoundingClientRect();
  return [
    LEFT + ((event.clientX - box.left) / box.width) * (RIGHT - LEFT),
    TOP + ((event.clientY - box.top) / box.height) * (BOTTOM - TOP),
  ];
}

function show(root) {
  const mark = markOf(root);
  const pin = root.querySelector(".mark-pin");
  pin.setAttribute("visibility", mark ? "visible" : "hidden");
  root.querySelector(".section-lens").hidden = !mark;
  if (mark) {
    const [across, down] = [share(mark[0], LEFT, RIGHT), share(mark[1], TOP, BOTTOM)];
    pin.setAttribute("x", across);
    pin.setAttribute("y", down);
    showLens(root, mark);
  }
  showWords(root, mark);
}

function share(value, low, high) {
  return `${((value - low) / (high - low)) * 100}%`;
}

/** The lens shows what lies under the mark, and goes to the other side where it would cover the mark. */
function showLens(root, [x, y]) {
  const lens = root.querySelector(".section-lens");
  const across = (x * UNITS_PER_MM) / UNITS_WIDE;
  const down = ((y - TOP) * UNITS_PER_MM) / UNITS_HIGH;
  lens.classList.toggle("is-left", x > 2 && y > 1);
  lens.querySelector(".lens-section").style.transform = `translate(-${across * 100}%, -${down * 100}%)`;
}

function showWords(root, mark) {
  const [x, y] = [root.querySelector('[data-mark="x"]'), root.querySelector('[data-mark="y"]')];
  const words = mark && [`${mark[0].toFixed(2)}\u00a0mm`, depthWords(mark[1])];
  const empty = read(root)?.place ? "From the list" : NONE;
  x.textContent = words?.[0] ?? empty;
  y.textContent = words?.[1] ?? empty;
  root.querySelector('[role="status"]').textContent = words ? `Mark: depth ${words[1]}, ${words[0]} from the left edge` : empty;
}

function depthWords(y) {
  return y < 0 ? `${(-y).toFixed(2)}\u00a0mm above the surface` : `${y.toFixed(2)}\u00a0mm`;
}
