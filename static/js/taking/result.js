// The result: filters over the answers, and links that open the question they lead to.

const answers = document.getElementById("answers");
const filters = document.getElementById("filters");

function show(kind) {
  for (const line of answers.children) line.hidden = !line.dataset.kinds.split(" ").includes(kind);
  for (const button of filters.querySelectorAll("button")) button.setAttribute("aria-pressed", button.dataset.filter === kind);
}

function openTarget() {
  const target = /^#question-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (!target) return;
  const line = target.closest("details");
  if (line.hidden) show("all");
  line.open = true;
  line.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

filters?.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-filter]");
  if (button) show(button.dataset.filter);
});
window.addEventListener("hashchange", openTarget);
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#question-"]');
  if (link && link.hash === location.hash) openTarget();
});
openTarget();
