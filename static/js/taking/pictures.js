// Pictures of pages that wait in memory: fetched ahead like them, into the browser's own cache.

const ATTIC_MS = 10000;

/** Ask for the pictures of a page that does not stand in the document yet. */
export function fetchPictures(stage) {
  stage.querySelectorAll(".figure-plot img").forEach(fetchFigure);
  stage.querySelectorAll("[data-picture]").forEach(fetchDrawn);
}

function fetchFigure(image) {
  const source = [...image.parentElement.querySelectorAll(":scope > source")].find(({ media }) => matchMedia(media).matches);
  new Image().src = source?.srcset ?? image.getAttribute("src");
}

// A picture that a style sheet draws comes once its place stands on the page: an empty place, out of sight, will do.
function fetchDrawn(place) {
  const [frame, empty] = [place.parentElement, place].map(({ className }) => Object.assign(document.createElement("div"), { className }));
  const attic = Object.assign(document.createElement("div"), { className: "visually-hidden", ariaHidden: "true" });
  frame.append(empty);
  attic.append(frame);
  document.body.append(attic);
  setTimeout(() => attic.remove(), ATTIC_MS);
}
