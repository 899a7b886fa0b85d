// Claims as cards: who says what, with the words and the way to them in the report.
import { day } from "./dates.js";
import { el, to } from "./dom.js";
import { STANDING, counted, listed, says, voice } from "./words.js";

const FIRST = 4; // cards that are shown at once

/** Claims of one side under a heading, the first few open to view. */
export function side(heading, kind, claims) {
  if (claims.length === 0) return null;
  const cards = claims.map(card);
  const more = cards.slice(FIRST);
  return el("section", { class: `side ${kind}` },
    el("h3", {}, `${heading} (${claims.length})`),
    cards.slice(0, FIRST),
    more.length ? el("details", {}, el("summary", {}, `${counted(more.length, "more claim")}`), more) : null);
}

function card(claim) {
  return el("article", { class: "claim" },
    el("p", { class: "says" },
      el("span", { class: `tag ${claim.status ?? ""}` }, STANDING[claim.status] ?? claim.kind), " ",
      "According to ", el("strong", {}, voice(claim)), relayed(claim), ": ", says(claim)),
    el("blockquote", {}, el("p", {}, `“${claim.quote.replace(/\s+/g, " ")}”`)),
    el("p", { class: "origin" }, origin(claim), " ",
      to("report", { document: claim.document_id, claim: claim.claim }, "See the sentence in its report")),
    claim.note ? el("p", { class: "origin" }, `The report adds: “${claim.note}”`) : null);
}

function relayed(claim) {
  return claim.relayed_by.length ? `, through ${listed(claim.relayed_by)}` : "";
}

/** Where a claim stands: title, publisher, day. */
function origin(claim) {
  const day_ = claim.reported_on ? day(claim.reported_on) : "no date";
  return [claim.title ?? claim.document, ...claim.publishers, day_].join(" · ") + ".";
}
