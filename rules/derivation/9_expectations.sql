-- E1 Expectations: what became of what was expected
--
-- For every statement that expects a stage of a transfer, as the record is on its last day:
--   cancelled  It was taken back.
--   fulfilled  A government, international body, organisation, person or unnamed source later asserted that stage of
--              that transfer or of a part, and dated it: it began no earlier than the first day for which it was
--              expected, and no later than the last. Where no first day was given, the last day on which the
--              expectation may have been spoken takes its place. The event counts, not its number.
--   lapsed     The last day for which it was expected has passed, and none of these voices later asserted that stage
--              for a time that may lie within those days.
--   open       None of these: the last day has not passed, or none is known, or no later assertion has a day that
--              decides.

CREATE TABLE resolution AS
WITH later AS (
    SELECT e.statement_id, bool_or(a.event_min >= coalesce(e.event_min, e.said_max)) AS is_within
    FROM said e JOIN claim_about a ON a.about_id = e.transfer_id AND a.stage = e.stage
    WHERE e.says = 'expects' AND a.says = 'asserts' AND a.taken_back_on IS NULL AND a.said_min > e.said_max
        AND a.voice_kind IN (SELECT voice_kind FROM counted_kind)
        AND (a.event_max IS NULL OR a.event_max >= coalesce(e.event_min, e.said_max))
        AND (a.event_min IS NULL OR e.event_max IS NULL OR a.event_min <= e.event_max)
    GROUP BY e.statement_id
)
SELECT
    e.statement_id,
    CASE
        WHEN e.use_as = 'taken_back' THEN 'cancelled'
        WHEN later.is_within THEN 'fulfilled'
        WHEN e.event_max < (SELECT day FROM record_day) AND later.statement_id IS NULL THEN 'lapsed'
        ELSE 'open'
    END AS resolution
FROM said e
LEFT JOIN later USING (statement_id)
WHERE e.says = 'expects' AND e.stage IS NOT NULL AND e.explicitness = 'explicit' AND e.relays_statement_id IS NULL;

-- The derived columns of statements, transfers and systems.
CREATE TABLE statement_columns AS
SELECT
    s.statement_id, s.known_from, s.stage, s.says, s.use_as, r.resolution,
    CASE WHEN v.n_voices > 1 THEN 'joint_text' ELSE v.voice_kind END AS voice_kind,
    CASE WHEN v.n_voices > 1 THEN v.joint_body_id ELSE v.voice_id END AS voice_id
FROM said s
LEFT JOIN resolution r USING (statement_id)
LEFT JOIN (
    SELECT statement_id, count(*) AS n_voices, min(voice_kind) AS voice_kind, min(voice_id) AS voice_id,
        min(joint_body_id) AS joint_body_id
    FROM voice_of GROUP BY statement_id
) v USING (statement_id);

CREATE TABLE transfer_columns AS
WITH spread AS (
    SELECT s.transfer_id, min(s.known_from) AS first_public_on, max(s.known_from) AS last_public_on,
        count(*) AS n_statements, count(DISTINCT src.publisher_id) AS n_publishers
    FROM said s JOIN sources src USING (source_id)
    GROUP BY s.transfer_id
),
happened AS (
    SELECT about_id AS transfer_id, min(coalesce(event_min, event_max)) AS event_min,
        max(coalesce(event_max, event_min)) AS event_max
    FROM claim_about
    WHERE stage = 'transferred' AND says = 'asserts' AND taken_back_on IS NULL
        AND voice_kind IN (SELECT voice_kind FROM counted_kind)
        AND (event_min IS NOT NULL OR event_max < said_min) -- "so far" ends with the words and names no day
    GROUP BY about_id
)
SELECT t.transfer_id, h.* EXCLUDE (transfer_id, known_from, known_to), e.event_min, e.event_max, s.first_public_on,
    s.last_public_on, coalesce(s.n_statements, 0) AS n_statements, coalesce(s.n_publishers, 0) AS n_publishers
FROM transfers t
LEFT JOIN transfer_history h ON h.transfer_id = t.transfer_id AND h.known_to IS NULL
LEFT JOIN spread s ON s.transfer_id = t.transfer_id
LEFT JOIN happened e ON e.transfer_id = t.transfer_id;

CREATE TABLE system_columns AS
SELECT
    system_id,
    max(CASE WHEN basis = 'advertised' THEN smallest END) AS range_advertised_smallest_km,
    max(CASE WHEN basis = 'advertised' THEN largest END) AS range_advertised_largest_km,
    max(CASE WHEN basis = 'demonstrated' THEN smallest END) AS range_demonstrated_smallest_km,
    max(CASE WHEN basis = 'demonstrated' THEN largest END) AS range_demonstrated_largest_km,
    max(CASE WHEN basis = 'assessed' THEN smallest END) AS range_assessed_smallest_km,
    max(CASE WHEN basis = 'assessed' THEN largest END) AS range_assessed_largest_km,
    max(CASE WHEN basis = 'not_stated' THEN smallest END) AS range_not_stated_smallest_km,
    max(CASE WHEN basis = 'not_stated' THEN largest END) AS range_not_stated_largest_km
FROM stated_range
GROUP BY system_id;
