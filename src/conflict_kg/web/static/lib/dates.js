// Days are ISO strings of the proleptic Gregorian calendar, as the server has them: "2015-12-28".
import { Refusal } from "./api.js";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAY = 86_400_000;

/** "28 December 2015". */
export function day(iso) {
  const [year, month, date] = parts(iso);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** Two days as one stretch, what they share said once: "21 to 28 December 2015". */
export function stretch(first, last, joint = "to") {
  if (first === last) return day(first);
  const [[year, month, date], [lastYear, lastMonth]] = [parts(first), parts(last)];
  const start = [date, ...(year === lastYear && month === lastMonth ? [] : [MONTHS[month - 1]])];
  return `${[...start, ...(year === lastYear ? [] : [year])].join(" ")} ${joint} ${day(last)}`;
}

/** When a bounded moment came: "on 17 May 2015", "between … and …", "by …", "… or later"; null where nothing is known. */
export function moment(earliest, latest) {
  if (earliest && latest) return earliest === latest ? `on ${day(earliest)}` : `between ${stretch(earliest, latest, "and")}`;
  if (latest) return `on ${day(latest)} or earlier`;
  return earliest ? `on ${day(earliest)} or later` : null;
}

/** Whether a text is a day that a calendar has. */
export function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? "") && fromNumber(toNumber(text)) === text;
}

/** Refuses an address with parameters that are no days, or with a first day after the last. */
export function checkDays(asked, names) {
  for (const name of names) if (asked[name] && !isDay(asked[name])) throw new Refusal(`'${asked[name]}' is not a date (YYYY-MM-DD).`);
  const [first, last] = names.map((name) => asked[name]);
  if (first && last && first > last) throw new Refusal(`${day(first)} comes after ${day(last)}: turn the two round.`);
}

/** Days since 1 January 1970. */
export function toNumber(iso) {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
}

/** The day of such a number; null for none. */
export function fromNumber(number) {
  return Number.isFinite(number) ? new Date(number * DAY).toISOString().slice(0, 10) : null;
}

function parts(iso) {
  return iso.split("-").map(Number);
}
