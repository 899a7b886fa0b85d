// What changes in a timeline when a report is left out: rows of control-timeline before and after.
import { words } from "./lanes.js";
import { capital, named } from "./words.js";

/**
 * Lines on what is gone, new and different, the ids of the places concerned, and how many periods stay with less behind
 * them. Periods are the same where place, holder and status are; the first ones of these are compared first.
 */
export function difference(before, after) {
  const left = new Map();
  for (const row of after) (left.get(key(row)) ?? left.set(key(row), []).get(key(row))).push(row);
  const lines = [];
  const places = new Set();
  let weaker = 0;
  const tell = (row, text) => {
    lines.push({ place: row.place, text });
    places.add(row.place_id);
  };
  for (const row of before) {
    const other = left.get(key(row))?.shift();
    if (!other) tell(row, `Gone: ${words(row)}.`);
    else if (words(row) !== words(other)) {
      tell(row, `Changed: ${words(row)}. Without the report: ${rest(other)}.`);
    } else if (other.claims_for < row.claims_for || other.claims_against < row.claims_against) weaker += 1;
  }
  for (const row of [...left.values()].flat()) tell(row, `New: ${words(row)}.`);
  return { lines, places, weaker };
}

function key(row) {
  return `${row.place_id} ${row.controller_id} ${row.status}`;
}

/** A row in words, without the holder, who is the same. */
function rest(row) {
  const who = row.controller ? named(row.controller) : "nobody known";
  return capital(words(row).replace(`${who}, `, ""));
}
