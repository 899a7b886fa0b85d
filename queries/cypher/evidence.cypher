// The sentence behind a claim or a statement, its source, and the report it stands in: queries/evidence.rq.
// Parameters: claim (IRI of a claim or a statement).
MATCH (node:Claim|Statement)-[:ACCORDING_TO]->(origin:Actor)
WHERE node.iri = $claim
MATCH (node)-[:EVIDENCE]->(passage:Passage)
MATCH (node)-[:IN_DOCUMENT]->(report:Document)
OPTIONAL MATCH (report)-[:PUBLISHER]->(house:Actor)
OPTIONAL MATCH (node)-[:RELAYED_BY]->(outlet:Actor)
OPTIONAL MATCH (node)-[:STATED_IN]->(words:Statement)
UNWIND report.fileName AS file
UNWIND coalesce(report.source, [NULL]) AS url
RETURN node.iri AS claim, passage.anchorOf AS quote, passage.beginIndex AS start, passage.endIndex AS `end`,
       file AS document, report.title AS title, house.label AS publisher, report.issued AS published, url,
       origin.label AS source, outlet.label AS relay, node.note AS note, node.rule AS rule, words.iri AS statement
ORDER BY claim, document, start, source, coalesce(relay, '')
