-- H1 Latest words, and the days on which each stood
--
-- Every statement is known from the day on which it became public. A word (what one voice says in one statement) stands from
-- that day until the first of these becomes public: a later word of the same voice that takes its place, a later word that
-- ends it, or its withdrawal. "Later" is by the earliest day on which the words can have been said; words without such a
-- day come before all others; words of one day stand side by side. A word that was itself taken back takes the place of
-- another only while it stood: what it replaced stands again afterwards. No change applies to earlier days.
--   Voices     The latest word of one voice on one stage of one transfer takes the place of its earlier ones that say
--              the same (assert, expect, deny ...) and are likewise total or likewise limited; but a word that certainly
--              repeats another's information takes the place only of words that do so too. A voice's later total
--              negative ends its own assertion of the same aspect; a voice's later assertion ends its own negative or
--              doubt of the same aspect. A voice's later assertion about a stage also ends what it expected (or
--              expected not), doubted or held possible about that stage, and its later assertion or negative ends its
--              refusal to comment. An expectation or a doubt ends no assertion, and no word of anybody else does.
--   Positions  See P1: a party's latest admission and its latest denial are followed separately.
--   Figures    See F1: a voice's latest total takes the place of its earlier ones.

CREATE TABLE voice_word AS
SELECT
    concat_ws('|', 'voice', about_id, claim_id) AS word_id,
    about_id, transfer_id, stage, voice_kind, voice_id, says, aspect, statement_id, known_from, taken_back_on,
    limit_said = 'total' AS is_total, says IN ('denies', 'says_not') AND is_total AS is_total_negative,
    coalesce(rests_on_certainty = 'certain', FALSE) AS rests,
    coalesce(date_diff('day', DATE '1900-01-01', said_min), -1) AS said_order
FROM claim_about;

-- A party's admissions, denials and refusals on a transfer and on wider ones (P1).
CREATE TABLE first_claimed AS
SELECT about_id AS transfer_id, min(known_from) AS day
FROM claim_about
WHERE stage IS NOT NULL AND says IN ('asserts', 'holds_possible', 'expects')
GROUP BY about_id;

CREATE TABLE position_word AS
WITH spoken AS (
    SELECT
        c.*, CASE says WHEN 'asserts' THEN 'admits' WHEN 'declines' THEN 'declines' ELSE 'denies' END AS word
    FROM claim_about c
    WHERE c.stage IS NOT NULL AND c.voice_kind = 'government' AND c.said_min IS NOT NULL
        AND c.says IN ('asserts', 'denies', 'says_not', 'declines')
        AND c.limit_said NOT IN ('legality_only', 'characterisation')
        AND (c.says NOT IN ('denies', 'says_not') OR c.denies_stage)
),
dated AS (   -- from when an account of the denial of that day with a limit is public
    SELECT *, min(known_from) FILTER (word = 'denies' AND limit_said <> 'total') OVER (
        PARTITION BY about_id, stage, voice_id, said_min) AS limited_on
    FROM spoken
),
applied AS (
    SELECT
        about_id AS transfer_id, about_id AS of_transfer_id, 0 AS steps, taken_back_on,
        dated.* EXCLUDE (transfer_id, taken_back_on)
    FROM dated
    UNION ALL
    SELECT
        w.transfer_id, w.wider_transfer_id, w.steps,
        CASE word WHEN 'denies' THEN least(taken_back_on, limited_on) ELSE taken_back_on END,
        dated.* EXCLUDE (transfer_id, taken_back_on)
    FROM wider w
    JOIN dated ON dated.about_id = w.wider_transfer_id
    JOIN first_claimed f ON f.transfer_id = w.transfer_id
    WHERE said_min >= f.day AND stage <> 'talks' AND (word = 'admits' OR (
        word = 'denies' AND limit_said = 'total' AND coalesce(known_from < limited_on, TRUE)))
),
by_party AS (
    SELECT applied.*, party.party
    FROM applied
    JOIN transfers t ON t.transfer_id = applied.transfer_id
    JOIN (VALUES ('supplier'), ('recipient')) AS party (party)
        ON applied.voice_id = CASE party.party WHEN 'supplier' THEN t.supplier ELSE t.recipient END
)
SELECT
    concat_ws('|', 'position', transfer_id, party, of_transfer_id, claim_id) AS word_id,
    transfer_id, of_transfer_id, steps, party, stage, word, limit_said AS limits, statement_id, known_from,
    taken_back_on,
    row_number() OVER (
        PARTITION BY transfer_id, of_transfer_id, party, stage, word
        ORDER BY said_min, limit_said <> 'total', limit_said <> 'unclear', published_min, statement_id
    ) AS said_order
FROM by_party;

-- Numbers as stated (F1).
CREATE TABLE figure_word AS
SELECT
    concat_ws('|', 'figure', claim_id) AS word_id, coalesce(transfer_id, system_id) AS subject_id, measure,
    canonical_unit, basis, says, voice_kind, voice_id, value IS NOT NULL AS is_numeral,
    scope IS NULL AS is_specification, scope IS NULL OR scope = 'total_to_date' AS is_total, known_from, taken_back_on,
    2 * coalesce(date_diff('day', DATE '1900-01-01', said_min), -1) AS said_order
FROM claim
WHERE says IN ('asserts', 'holds_possible', 'expects') AND measure IS NOT NULL AND value_text IS NOT NULL
    AND NOT coalesce(pooled, FALSE);

-- Who competes with whom. A word is ended by every word of its contest that ends others and comes later in its order.
CREATE TABLE contest AS
SELECT word_id, concat_ws('|', 'v', about_id, stage, voice_kind, voice_id, says, is_total) AS contest, said_order,
    known_from, taken_back_on, TRUE AS is_ended, NOT rests AS ends_others
FROM voice_word
UNION ALL   -- of words that repeat another's information, the latest
SELECT word_id, concat_ws('|', 'v resting', about_id, stage, voice_kind, voice_id, is_total, says), said_order,
    known_from, taken_back_on, TRUE, TRUE
FROM voice_word WHERE rests
UNION ALL
SELECT word_id, concat_ws('|', 'v assertion', about_id, stage, voice_kind, voice_id, aspect), said_order, known_from,
    taken_back_on, says = 'asserts', is_total_negative
FROM voice_word
UNION ALL   -- of the whole, an assertion about a part ends with a negative of that part
SELECT word_id, concat_ws('|', 'v part', about_id, transfer_id, stage, voice_kind, voice_id, aspect), said_order,
    known_from, taken_back_on, TRUE, FALSE
FROM voice_word WHERE says = 'asserts'
UNION ALL
SELECT v.word_id, concat_ws('|', 'v part', w.transfer_id, v.about_id, stage, voice_kind, voice_id, aspect),
    said_order, known_from, taken_back_on, FALSE, TRUE
FROM voice_word v JOIN part w ON w.part_id = v.about_id
WHERE is_total_negative
UNION ALL
SELECT word_id, concat_ws('|', 'v negative', about_id, stage, voice_kind, voice_id, aspect), said_order, known_from,
    taken_back_on, says <> 'asserts', says = 'asserts'
FROM voice_word
UNION ALL
SELECT word_id, concat_ws('|', 'v softer', about_id, stage, voice_kind, voice_id), said_order, known_from,
    taken_back_on, says <> 'asserts', says = 'asserts'
FROM voice_word WHERE says IN ('asserts', 'holds_possible', 'expects', 'expects_not', 'doubts')
UNION ALL
SELECT word_id, concat_ws('|', 'v refusal', about_id, stage, voice_kind, voice_id), said_order, known_from,
    taken_back_on, says = 'declines', says <> 'declines'
FROM voice_word WHERE says IN ('asserts', 'denies', 'says_not', 'declines')
UNION ALL
SELECT word_id, concat_ws('|', 'p', transfer_id, of_transfer_id, party, stage, word), said_order, known_from,
    taken_back_on, TRUE, TRUE
FROM position_word
UNION ALL   -- a refusal stands only where there is neither admission nor denial of the transfer itself
SELECT word_id, concat_ws('|', 'p refusal', transfer_id, party, stage), CASE word WHEN 'declines' THEN 0 ELSE 1 END,
    known_from, taken_back_on, word = 'declines', word <> 'declines'
FROM position_word WHERE steps = 0
UNION ALL   -- of wider transfers, the nearest with a total denial is shown
SELECT word_id, concat_ws('|', 'p wider', transfer_id, party, stage), -steps, known_from,
    NULL, TRUE, word = 'denies'
FROM position_word WHERE steps > 0
UNION ALL
SELECT word_id, concat_ws('|', 'f', subject_id, measure, canonical_unit, basis, voice_kind, voice_id, says),
    said_order, known_from, taken_back_on, is_numeral OR is_specification, is_numeral OR is_specification
FROM figure_word WHERE is_total
UNION ALL   -- a total in words ends with a newer total, or with a numeral of the same day
SELECT word_id, concat_ws('|', 'f words', subject_id, measure, canonical_unit, basis, voice_kind, voice_id, says),
    said_order + CAST(is_numeral AS INTEGER), known_from, taken_back_on, NOT is_numeral, TRUE
FROM figure_word WHERE is_total AND NOT is_specification;

CREATE TABLE ended AS
WITH raced AS (
    SELECT word_id, is_ended, min(CASE WHEN ends_others AND taken_back_on IS NULL THEN known_from END) OVER (
        PARTITION BY contest ORDER BY said_order RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS ended_on
    FROM contest
)
SELECT word_id, min(ended_on) AS ended_on FROM raced WHERE is_ended GROUP BY word_id;

-- The days on which a word that was later taken back stood in the place of another.
CREATE TABLE displaced AS
SELECT DISTINCT w.word_id, b.known_from AS day_from, b.taken_back_on AS day_to
FROM contest b
JOIN contest w ON w.contest = b.contest AND w.said_order < b.said_order AND w.is_ended
WHERE b.taken_back_on IS NOT NULL AND b.ends_others AND b.taken_back_on > b.known_from;

CREATE TABLE standing AS
WITH word AS (
    SELECT word_id, known_from, taken_back_on FROM voice_word
    UNION ALL SELECT word_id, known_from, taken_back_on FROM position_word
    UNION ALL SELECT word_id, known_from, taken_back_on FROM figure_word
),
life AS (
    SELECT word.word_id, word.known_from AS day_from, least(e.ended_on, word.taken_back_on) AS day_to
    FROM word LEFT JOIN ended e USING (word_id)
),
start AS (
    SELECT word_id, day_from FROM life
    UNION
    SELECT d.word_id, d.day_to FROM displaced d JOIN life l USING (word_id) WHERE d.day_to > l.day_from
),
free AS (
    SELECT s.word_id, s.day_from
    FROM start s
    WHERE NOT EXISTS (
        SELECT 1 FROM displaced d
        WHERE d.word_id = s.word_id AND d.day_from <= s.day_from AND s.day_from < d.day_to)
),
piece AS (
    SELECT f.word_id, f.day_from AS known_from, least(l.day_to, min(d.day_from)) AS known_to
    FROM free f
    JOIN life l USING (word_id)
    LEFT JOIN displaced d ON d.word_id = f.word_id AND d.day_from > f.day_from
    GROUP BY f.word_id, f.day_from, l.day_to
)
SELECT * FROM piece WHERE known_to IS NULL OR known_to > known_from;
