// A report's text cut into paragraphs and pieces, each piece with the claims that rest on it.

/**
 * Paragraphs of a text: `{ pieces, wrapped }`, pieces `{ text, found }` in order, which together are the paragraph.
 * `found` have `start` and `end` in code points, the end exclusive; they may overlap. `wrapped` says that the line breaks
 * in the paragraph only keep its lines short.
 */
export function paragraphs(text, found) {
  const unit = units(text);
  const spans = found.map((one) => ({ one, start: unit(one.start), end: unit(one.end) }));
  const cuts = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return blocks(text).map(([begin, end]) => {
    const inside = [begin, ...cuts.filter((cut) => begin < cut && cut < end), end];
    const pieces = joined(inside.slice(0, -1).map((from, index) => piece(text, from, inside[index + 1], spans)));
    return { pieces, wrapped: isWrapped(text.slice(begin, end)) };
  });
}

/** From offsets in code points, as the server counts, to those in UTF-16 units, as JavaScript does. */
export function units(text) {
  const starts = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  starts.push(unit);
  return (offset) => starts[Math.max(0, Math.min(offset, starts.length - 1))];
}

function piece(text, from, to, spans) {
  return { text: text.slice(from, to), found: spans.filter(({ start, end }) => start <= from && to <= end).map(({ one }) => one) };
}

/** The same, but signs and gaps that only some passages begin or end with are left to the words beside them. */
function joined(pieces) {
  const kept = [];
  const wordless = ({ text }) => !/[\p{L}\p{N}]/u.test(text);
  for (const one of pieces) {
    const before = kept.at(-1);
    if (before && before.found.length && one.found.length && (wordless(one) || wordless(before))) {
      before.text += one.text;
      before.found = [...new Set([...before.found, ...one.found])];
    } else kept.push(one);
  }
  return kept;
}

/** Begin and end of the stretches between empty lines. */
function blocks(text) {
  const found = [];
  let begin = 0;
  for (const gap of text.matchAll(/\n[^\S\n]*(?:\n[^\S\n]*)+/g)) {
    found.push([begin, gap.index]);
    begin = gap.index + gap[0].length;
  }
  found.push([begin, text.length]);
  return found.filter(([from, to]) => text.slice(from, to).trim());
}

/** Whether all lines but the last are about as long as those of a printed page. */
function isWrapped(paragraph) {
  const lines = paragraph.split("\n").slice(0, -1);
  return lines.length > 0 && lines.every((line) => line.length >= 40 && line.length <= 110);
}
