-- P1 Positions: the parties' own latest words
--
-- Per party and stage, its latest admission and its latest denial, each a dated statement by a named person or body
-- that speaks for the state on the record, with its limits. Of two accounts of one day the limited one stands. A refusal stands only where there is neither. A rendering
-- by somebody else ("Tehran denies") is a claim about a party, never its position. Words that only say that no rule was
-- broken, or that reject how something is put, neither admit nor deny. An admission of a recorded part admits the whole
-- in part of it; a denial of a part denies only the part.
--
-- Beside it, marked as wider: the latest total denial of the nearest wider class (same parties and mode) that was said
-- after this transfer was first claimed and of which no other account of that day has a limit, together with that
-- class's latest admission said after this transfer was first claimed. No word of a party moves when somebody else
-- speaks.

CREATE TABLE positions AS
WITH wider_denial AS (
    SELECT transfer_id, of_transfer_id, party, stage, min(known_from) AS day
    FROM position_word WHERE steps > 0 AND word = 'denies'
    GROUP BY transfer_id, of_transfer_id, party, stage
)
SELECT
    w.transfer_id, w.party, w.stage, w.word, w.limits, w.statement_id, w.of_transfer_id,
    w.steps > 0 AS is_wider, greatest(s.known_from, d.day) AS known_from, s.known_to
FROM position_word w
JOIN standing s USING (word_id)
LEFT JOIN wider_denial d ON w.steps > 0 AND d.transfer_id = w.transfer_id AND d.of_transfer_id = w.of_transfer_id
    AND d.party = w.party AND d.stage = w.stage
WHERE (w.steps = 0 OR d.day IS NOT NULL)
    AND (s.known_to IS NULL OR d.day IS NULL OR s.known_to > d.day);
