// Who controlled a place on a date, since when, according to whom, and who says otherwise: queries/who-controlled.rq.
// Parameters: place (IRI), date, known_by (days as text; 9999-12-31 counts reports without a date, too).
MATCH (site:Place)-[:WITHIN*0..1]->(asked:Place {iri: $place})
MATCH (phase:ControlPeriod)-[:AT_PLACE]->(site)
MATCH (phase)-[:HOLDING]->(holding:Code)
OPTIONAL MATCH (phase)-[:HOLDER]->(holder:Actor)
OPTIONAL MATCH (phase)-[:BASIS]->(ground:Code)
WITH site, asked, phase, holding, holder, ground,
     date($date) AS day, date($known_by) AS known_by, date('0001-01-01') AS first, date('9999-12-31') AS last
WHERE coalesce(phase.knownFrom, first) <= known_by AND (phase.knownUntil IS NULL OR known_by < phase.knownUntil)
// The day counts where the phase may have begun by then and may not have ended yet.
WITH site, asked, phase, holding, holder, ground, day, first, last,
     coalesce(phase.phaseSinceEarliest, phase.phaseSinceLatest, first) AS from_day,
     coalesce(phase.phaseUntilLatest, phase.phaseUntilEarliest, last) AS to_day
WHERE from_day <= day AND (day < to_day OR to_day = last)
WITH site, asked, phase, holding, holder, ground, day, last,
     coalesce(phase.phaseSinceLatest, CASE WHEN phase.phaseSinceEarliest IS NULL THEN first ELSE last END) AS surely_from,
     coalesce(phase.phaseUntilEarliest, CASE WHEN phase.phaseUntilLatest IS NULL THEN last ELSE first END) AS surely_to
OPTIONAL MATCH (phase)-[:SUPPORTED_BY|OPPOSED_BY]->(evidence:Claim)-[:ACCORDING_TO]->(origin:Actor),
               (evidence)-[:IN_DOCUMENT]->(report:Document), (evidence)-[:EVIDENCE]->(passage:Passage)
WITH site, asked, phase, holding, holder, ground, day, last, surely_from, surely_to, evidence, origin, report, passage,
     CASE WHEN evidence IS NULL THEN NULL
          WHEN EXISTS { MATCH (phase)-[:SUPPORTED_BY]->(evidence) } THEN 'supporting' ELSE 'opposing' END AS side
UNWIND coalesce(report.fileName, [NULL]) AS file
RETURN site.label AS place, site.iri AS place_id, holder.label AS controller, holder.iri AS controller_id,
       holding.notation AS status, ground.notation AS basis,
       phase.sinceEarliest AS since_earliest, phase.sinceLatest AS since_latest,
       phase.untilEarliest AS until_earliest, phase.untilLatest AS until_latest, phase.lastKnown AS last_known,
       surely_from <= day AND (day < surely_to OR surely_to = last) AS certain, phase.iri AS period, side,
       origin.label AS source, file AS document, passage.anchorOf AS quote,
       passage.beginIndex AS start, passage.endIndex AS `end`, evidence.iri AS claim
ORDER BY CASE WHEN place_id = $place THEN 0 ELSE 1 END, place, place_id,
         CASE basis WHEN 'confirmed' THEN 0 WHEN 'claimed' THEN 1 WHEN 'inferred' THEN 2 ELSE 3 END,
         coalesce(phase.claimsFor, 0) DESC, coalesce(since_earliest, date('0001-01-01')), period, side DESC,
         document, start, `end`, source, claim
