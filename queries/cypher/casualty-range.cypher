// The lowest, best and highest figure for each place, harm and kind of victim: queries/casualty-range.rq.
// Parameters: place (IRI), harm (killed, wounded, missing, captured, displaced); null stands for all.
MATCH (figures:CasualtyRange)-[:HARM]->(kind:Code)
WHERE kind.notation = coalesce($harm, kind.notation)
OPTIONAL MATCH (figures)-[:AT_PLACE]->(site:Place)
WITH figures, kind, site
WHERE coalesce($place, '') = '' OR EXISTS { MATCH (figures)-[:CONCERNS]->(asked:Place) WHERE asked.iri = $place }
OPTIONAL MATCH (figures)-[:SUPPORTED_BY]->(evidence:Claim)-[:ACCORDING_TO]->(origin:Actor),
               (evidence)-[:IN_DOCUMENT]->(report:Document), (evidence)-[:EVIDENCE]->(passage:Passage)
UNWIND coalesce(report.fileName, [NULL]) AS file
RETURN site.label AS place, site.iri AS place_id, kind.notation AS harm, figures.victims AS victims,
       figures.low AS low, figures.best AS best, figures.high AS high,
       figures.beginEarliest AS earliest, figures.endLatest AS latest, figures.origins AS origins, figures.iri AS range,
       origin.label AS source, file AS document, passage.anchorOf AS quote,
       passage.beginIndex AS start, passage.endIndex AS `end`, evidence.iri AS claim
ORDER BY coalesce(place, ''), coalesce(place_id, ''), harm, coalesce(victims, ''),
         coalesce(earliest, date('0001-01-01')), range, document, start, `end`, source, claim
