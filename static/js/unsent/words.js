// What is unsent, in words.

/** "3 answers", "1 answer and 2 flags", "1 flag". */
export function amount(items) {
  const answers = items.filter((item) => item.isOpen).length;
  const flags = items.filter((item) => item.flag !== null).length;
  return [answers && count(answers, "answer"), flags && count(flags, "flag")].filter(Boolean).join(" and ");
}

/** "1 answer", "3 answers". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** "is" or "are". */
export function verb(number) {
  return number === 1 ? "is" : "are";
}

/** The number of the question that an address leads to. */
export function positionOf(url) {
  return Number(url.split("/").at(-1));
}
