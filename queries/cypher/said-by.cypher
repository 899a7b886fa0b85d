// What an actor said, through whom, with the words: queries/said-by.rq.
// Parameters: speaker (IRI).
MATCH (voice:Actor)-[:BELONGS_TO*0..1]->(asked:Actor {iri: $speaker})
MATCH (words:Statement)-[:SPEAKER]->(voice)
MATCH (words)-[:IN_DOCUMENT]->(report:Document)
MATCH (words)-[:EVIDENCE]->(passage:Passage)
OPTIONAL MATCH (words)-[:RELAYED_BY]->(outlet:Actor)
UNWIND report.fileName AS file
RETURN voice.label AS speaker, voice.iri AS speaker_id, words.speakerRole AS speaker_role,
       words.saidOn AS said_on, words.reportedOn AS reported_on, words.direct AS direct,
       words.text AS text, outlet.label AS relay, file AS document,
       passage.beginIndex AS start, passage.endIndex AS `end`, words.iri AS statement
ORDER BY CASE WHEN speaker_id = $speaker THEN 0 ELSE 1 END, speaker, speaker_id,
         coalesce(said_on, reported_on, date('0001-01-01')), document, start, `end`, statement, coalesce(relay, '')
