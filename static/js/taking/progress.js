// Which questions are answered and flagged, as the person has left them; navigator, counts and strip are kept true to it.

export class Progress {
  constructor() {
    this.places = new Map();
  }

  /** Take over what a page of the server shows. */
  learn(stage) {
    for (const square of stage.querySelectorAll(".nav-square[data-position]")) {
      const has = (look) => square.classList.contains(look);
      this.places.set(Number(square.dataset.position), { answered: has("is-answered"), flagged: has("is-flagged") });
    }
  }

  /** Note a change of one question. */
  mark(position, change) {
    Object.assign(this.places.get(position) ?? {}, change);
  }

  /** The positions of which something holds. */
  positions(holds) {
    return [...this.places].filter(([, place]) => holds(place)).map(([position]) => position);
  }

  get of() {
    return this.places.size;
  }

  get answered() {
    return this.positions((place) => place.answered).length;
  }

  /** Let everything on the page say it. */
  show() {
    for (const square of document.querySelectorAll(".nav-square[data-position]")) this.showSquare(square);
    for (const words of document.querySelectorAll("[data-counts]")) {
      words.textContent = `${this.answered} answered, ${this.of - this.answered} to go`;
    }
    this.showStrip(this.of ? this.answered / this.of : 0);
  }

  showSquare(square) {
    const { position } = square.dataset;
    const { answered, flagged } = this.places.get(Number(position)) ?? {};
    square.classList.toggle("is-answered", Boolean(answered));
    square.classList.toggle("is-flagged", Boolean(flagged));
    square.setAttribute("aria-label", `Question ${position}, ${answered ? "" : "not "}answered${flagged ? ", flagged" : ""}`);
  }

  showStrip(share) {
    const strip = document.getElementById("strip");
    const cap = strip.querySelector(".strip-cap");
    strip.querySelector(".strip-fill").setAttribute("width", `${(share * 100).toFixed(2)}%`);
    cap.setAttribute("x", `${(share * 100).toFixed(2)}%`);
    cap.setAttribute("transform", `translate(${(-2 * share).toFixed(2)} 0)`);
  }
}
