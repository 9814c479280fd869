// The editor's live preview, and the steppers and sums of the blueprint; both pages work without.

const PREVIEW_MS = 500;

function watchEditor(form) {
  const target = document.getElementById("preview");
  const state = document.getElementById("preview-state");
  let timer = null;
  let running = null;
  let changed = false;

  async function refresh() {
    running?.abort();
    running = new AbortController();
    const body = new FormData(form);
    body.set("kind", form.dataset.kind);
    const headers = { Accept: "application/json" };
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body, signal: running.signal, headers });
      if (!answer.ok) throw new Error(String(answer.status));
      const { html, drawing } = await answer.json();
      target.innerHTML = html;
      if (drawing) form.querySelector("[data-drawing]").innerHTML = drawing;
      state.textContent = "As typed, not saved";
    } catch (error) {
      if (error.name !== "AbortError") state.textContent = "Not up to date";
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(refresh, PREVIEW_MS);
  });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

function watchBlueprint(form) {
  const inputs = [...form.querySelectorAll(".stepper input")];
  const value = (input) => Number.parseInt(input.value, 10) || 0;
  const sum = (fits) => inputs.filter(fits).reduce((total, input) => total + value(input), 0);

  function add() {
    for (const cell of form.querySelectorAll("[data-total]")) {
      const name = cell.dataset.total;
      const fits = (input) => name === "all" || input.name.endsWith(`-${name}`) || input.name.split("-").slice(1, -1).join("-") === name;
      cell.textContent = String(sum(fits));
    }
  }

  function step(event) {
    const button = event.target.closest?.("[data-step]");
    if (!button) return;
    const input = button.parentElement.querySelector("input");
    const next = value(input) + Number(button.dataset.step);
    input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), next)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.querySelectorAll("[data-step]").forEach((button) => { button.hidden = false; });
  form.addEventListener("click", step);
  form.addEventListener("input", add);
}

document.querySelectorAll("form[data-preview]").forEach(watchEditor);
document.querySelectorAll("form[data-blueprint]").forEach(watchBlueprint);
