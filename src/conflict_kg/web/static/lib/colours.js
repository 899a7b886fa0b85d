// A colour for each holder, the same in every view: Okabe and Ito's set, whose colours people with any colour vision tell
// apart, and one more. A name always stands beside them, and states have patterns.
import { once, sparql } from "./api.js";

const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#882255", "#f0e442"];
const QUERY = `SELECT ?holder WHERE { ?period <https://w3id.org/conflict-kg/ns#holder> ?holder }
  GROUP BY ?holder ORDER BY DESC(COUNT(?period)) ?holder`;

/**
 * A function from the IRI of a holder to its colour; each takes the one that its IRI points to, or the next
 * free one, those who hold most first.
 */
export async function colours() {
  const known = await once("colours", () => sparql(QUERY).then(({ rows }) => assign(rows.map((row) => row.holder.value))));
  return (iri) => (iri === null ? "#fff" : known.get(iri) ?? PALETTE[hash(iri) % PALETTE.length]);
}

/** Whether dark letters are read better than white ones on a colour (WCAG 2 contrast). */
export function isLight(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

function assign(holders) {
  const taken = new Map();
  holders.forEach((iri, index) => {
    let place = hash(iri) % PALETTE.length;
    // Once each colour is taken, they are given out again.
    const used = new Set([...taken.values()].slice(Math.floor(index / PALETTE.length) * PALETTE.length));
    while (used.has(PALETTE[place])) place = (place + 1) % PALETTE.length;
    taken.set(iri, PALETTE[place]);
  });
  return taken;
}

function hash(text) {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)) % 1_000_003;
  return sum;
}
