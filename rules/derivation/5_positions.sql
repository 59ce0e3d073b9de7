-- P1 Positions: the parties' own latest words
--
-- For each party and stage: its latest admission and its latest denial, each a dated statement by a named person or
-- body that speaks for the state on the record, with its limits. Of two accounts of one day the limited one counts; of
-- two limited ones, the one whose limit is clear; of two that are alike, the one published last, then the one whose ID
-- comes last. A refusal to comment is shown only where there is neither an admission nor a denial. A rendering by
-- somebody else ("Tehran denies") is a claim about a party, never its position. Words that only say that no rule was
-- broken, or that reject how something is put, neither admit nor deny. An admission of a recorded part admits part of
-- the whole; a denial of a part denies only the part.
--
-- Two more statements are shown beside it, marked as wider. The first is the latest total denial of the nearest wider class
-- (same parties and mode), if it was said on or after the day on which this transfer was first claimed in public (even
-- if that claim was taken back) and no other account of that day has a limit. The second, shown while that denial stands,
-- is the latest admission of that class said on or after the day of that first claim. Of talks nothing wider is shown:
-- that a class was not asked for at one time says nothing of what was asked for, agreed or delivered at another. No
-- position of a party changes because somebody else speaks.

-- The runs of days on which a total denial of a wider class stands.
CREATE TABLE wider_denial AS
WITH stands AS (
    SELECT w.transfer_id, w.of_transfer_id, w.party, w.stage, s.known_from,
        coalesce(s.known_to, DATE '9999-12-31') AS known_to
    FROM position_word w JOIN standing s USING (word_id)
    WHERE w.steps > 0 AND w.word = 'denies'
),
opened AS (
    SELECT *, known_from > max(known_to) OVER earlier AS is_new
    FROM stands
    WINDOW earlier AS (
        PARTITION BY transfer_id, of_transfer_id, party, stage ORDER BY known_from
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
numbered AS (
    SELECT *, count(*) FILTER (is_new) OVER (
        PARTITION BY transfer_id, of_transfer_id, party, stage ORDER BY known_from
        ROWS UNBOUNDED PRECEDING) AS run
    FROM opened
)
SELECT transfer_id, of_transfer_id, party, stage, min(known_from) AS day_from, max(known_to) AS day_to
FROM numbered
GROUP BY transfer_id, of_transfer_id, party, stage, run;

CREATE TABLE positions AS
SELECT
    w.transfer_id, w.party, w.stage, w.word, w.limits, w.statement_id, w.of_transfer_id,
    w.steps > 0 AS is_wider, greatest(s.known_from, d.day_from) AS known_from,
    nullif(least(s.known_to, d.day_to), DATE '9999-12-31') AS known_to
FROM position_word w
JOIN standing s USING (word_id)
LEFT JOIN wider_denial d ON d.transfer_id = w.transfer_id
    AND d.of_transfer_id = w.of_transfer_id AND d.party = w.party AND d.stage = w.stage
    AND d.day_from < coalesce(s.known_to, DATE '9999-12-31') AND s.known_from < d.day_to
WHERE w.steps = 0 OR d.day_from IS NOT NULL;
