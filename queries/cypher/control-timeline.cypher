// How control of a place and of its parts changed, in order of time: queries/control-timeline.rq.
// Parameters: place (IRI), known_by (a day as text; 9999-12-31 counts reports without a date, too).
MATCH (site:Place)-[:WITHIN*0..1]->(asked:Place {iri: $place})
MATCH (phase:ControlPeriod)-[:AT_PLACE]->(site)
MATCH (phase)-[:HOLDING]->(holding:Code)
OPTIONAL MATCH (phase)-[:HOLDER]->(holder:Actor)
OPTIONAL MATCH (phase)-[:BASIS]->(ground:Code)
WITH site, phase, holding, holder, ground,
     date($known_by) AS known_by, date('0001-01-01') AS first, date('9999-12-31') AS last
WHERE coalesce(phase.knownFrom, first) <= known_by AND (phase.knownUntil IS NULL OR known_by < phase.knownUntil)
// The bounds of a phase are told where they are not those of the holding.
WITH site, phase, holding, holder, ground, first, last,
     coalesce(phase.phaseSinceEarliest, last) <> coalesce(phase.sinceEarliest, last)
       OR coalesce(phase.phaseSinceLatest, last) <> coalesce(phase.sinceLatest, last) AS begins_later,
     coalesce(phase.phaseUntilEarliest, last) <> coalesce(phase.untilEarliest, last)
       OR coalesce(phase.phaseUntilLatest, last) <> coalesce(phase.untilLatest, last) AS ends_sooner
RETURN site.label AS place, site.iri AS place_id,
       phase.sinceEarliest AS since_earliest, phase.sinceLatest AS since_latest,
       phase.untilEarliest AS until_earliest, phase.untilLatest AS until_latest,
       holder.label AS controller, holder.iri AS controller_id, holding.notation AS status,
       CASE WHEN begins_later THEN phase.phaseSinceEarliest END AS phase_since_earliest,
       CASE WHEN begins_later THEN phase.phaseSinceLatest END AS phase_since_latest,
       CASE WHEN ends_sooner THEN phase.phaseUntilEarliest END AS phase_until_earliest,
       CASE WHEN ends_sooner THEN phase.phaseUntilLatest END AS phase_until_latest,
       ground.notation AS basis, phase.lastKnown AS last_known,
       coalesce(phase.claimsFor, 0) AS claims_for, coalesce(phase.claimsAgainst, 0) AS claims_against,
       phase.iri AS period
ORDER BY CASE WHEN place_id = $place THEN 0 ELSE 1 END, place, place_id,
         coalesce(phase.phaseSinceEarliest, phase.phaseSinceLatest, first),
         coalesce(phase.phaseUntilLatest, phase.phaseUntilEarliest, last), coalesce(controller, ''), period
