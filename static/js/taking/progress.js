// Navigator squares, their counts and the strip, kept true after a save or a flag.

const squares = (position) => document.querySelectorAll(`.nav-square[data-position="${position}"]`);

/** Mark a question as answered or not. */
export function markAnswered(position, answered) {
  squares(position).forEach((square) => { square.classList.toggle("is-answered", answered); name(square); });
  const all = [...document.querySelectorAll(".exam-aside .nav-square[data-position]")];
  count(all.filter((square) => square.classList.contains("is-answered")).length, all.length);
}

/** Mark a question as flagged or not. */
export function markFlagged(position, flagged) {
  squares(position).forEach((square) => { square.classList.toggle("is-flagged", flagged); name(square); });
}

function name(square) {
  const has = (look) => square.classList.contains(look);
  const answered = has("is-answered") ? "answered" : "not answered";
  square.setAttribute("aria-label", `Question ${square.dataset.position}, ${answered}${has("is-flagged") ? ", flagged" : ""}`);
}

function count(answered, of) {
  for (const words of document.querySelectorAll("[data-counts]")) {
    words.textContent = `${answered} answered, ${of - answered} to go`;
  }
  const share = answered / of;
  const strip = document.getElementById("strip");
  strip.querySelector(".strip-fill").setAttribute("width", `${(share * 100).toFixed(2)}%`);
  const cap = strip.querySelector(".strip-cap");
  cap.setAttribute("x", `${(share * 100).toFixed(2)}%`);
  cap.setAttribute("transform", `translate(${(-2 * share).toFixed(2)} 0)`);
}
