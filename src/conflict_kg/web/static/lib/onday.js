// Which periods cover a day: rows of control-map or control-timeline, by the rules of the question who-controlled.
import { span } from "./lanes.js";

const RANK = { confirmed: 0, claimed: 1, inferred: 2 };

/** The rows whose phase may cover the day, a number; the best supported first, each with whether it surely does. */
export function onDay(rows, number) {
  return rows.filter((row) => covers(row, number))
    .map((row) => ({ ...row, certain: surely(row, number) }))
    .sort((one, other) => (RANK[one.basis] ?? 3) - (RANK[other.basis] ?? 3) || other.claims_for - one.claims_for);
}

function covers(row, number) {
  const { s0, s1, e0, e1 } = span(row);
  return (s0 ?? s1 ?? -Infinity) <= number && number < (e1 ?? e0 ?? Infinity);
}

/** Where only the earliest start or only the latest end is known, no day is certain. */
function surely(row, number) {
  const { s0, s1, e0, e1 } = span(row);
  const begun = s1 !== null ? s1 <= number : s0 === null;
  const lasting = e0 !== null ? number < e0 : e1 === null;
  return begun && lasting;
}
