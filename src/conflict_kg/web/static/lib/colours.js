// A colour for each holder, the same in every view. Colours are told apart by people with any colour vision (Okabe and
// Ito's set, darkened where white letters stand on it); a name always stands beside them, and states have patterns.
import { sparql } from "./api.js";

const PALETTE = ["#0060a0", "#b34700", "#00755a", "#8f3f78", "#6b5d00", "#2d6fd0", "#7a2e12", "#4a4a8a", "#006d7d", "#a3195b"];
const QUERY = `SELECT DISTINCT ?holder WHERE {
  ?period <https://w3id.org/conflict-kg/ns#holder> ?holder } ORDER BY ?holder`;
let assigned = null;

/** A function from the IRI of a holder to its colour; each takes the one that its IRI points to, or the next free one. */
export async function colours() {
  assigned ??= sparql(QUERY).then(({ rows }) => assign(rows.map((row) => row.holder.value)));
  const known = await assigned;
  return (iri) => (iri === null ? "#fff" : known.get(iri) ?? PALETTE[hash(iri) % PALETTE.length]);
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
