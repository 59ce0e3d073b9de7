-- S1 Status of a stage: who stands behind it, on every day on which that changed
--
-- Read are the words on that very stage of that transfer and of its recorded parts (C1). The status is the first that fits:
--   inspected      Of transferred: an exhibit of the supplier's make was shown or inspected by a named voice (a
--                  government, an international body, an organisation or a person) that is neither a party nor a
--                  listed adversary of a party on that day (an undated word falls under any listing). It proves
--                  make, not number or date. inspection_id is the statement that was known first; of several known
--                  on one day, the one whose ID comes first.
--   acknowledged   A government that is a party says so, without limits.
--   officials      Two or more governments or international bodies other than the parties say so.
--   one_official   One of them does.
--   reported       An organisation, a person or an unnamed source says so.
--   party_side     Only a party with limits, or a party's side, says so.
--   outlet_only    Only outlets whose source is not told, or speakers at second hand, say so.
--   held_possible  Somebody holds it possible.
--   expected       It is only foreseen: planned, expected, feared or held possible for days to come.
--   lapsed         It was only foreseen, for days that have passed.
--   implied        No statement says so of this stage, but one says that a later stage happened.
--   no_claim       No statement of this record claims this stage.
-- Counted beside it: n_official and, of these, n_resting (those of which every word on the stage certainly repeats the
-- information of another) and n_adversaries (those listed against a party on the day of their word); n_named
-- (organisations and persons); n_unnamed (reports); n_outlets (without those that only retell another outlet, and those
-- counted already as an organisation, as one of the authors of a joint text or as publisher of such a report);
-- n_saying_not (voices other than the parties with a total negative that stands; one at second hand, from a party's
-- side or from an outlet that names no source is shown in voices and not counted). A claim without a named or described
-- source that its own page disputes is shown in voices, and is read for no status and no count. No denial, doubt or
-- negative of anybody else lowers a status. For a class, the columns with "within" in their name give the highest
-- status (other than implied and no_claim) of any one narrower transfer (same parties and mode), and which transfer
-- that is.

CREATE TABLE stage AS
SELECT * FROM (VALUES ('talks', 1), ('agreed', 2), ('transferred', 3)) AS s (stage, stage_no);

CREATE TABLE status_rank AS
SELECT * FROM (VALUES
    ('no_claim', 0), ('implied', 1), ('lapsed', 2), ('expected', 3), ('held_possible', 4), ('outlet_only', 5),
    ('party_side', 6), ('reported', 7), ('one_official', 8), ('officials', 9), ('acknowledged', 10), ('inspected', 11)
) AS r (status, status_no);

CREATE TABLE listed_word AS
SELECT DISTINCT c.about_id AS transfer_id, c.statement_id, c.voice_id
FROM claim_about c
JOIN transfers t ON t.transfer_id = c.about_id
JOIN alignments a ON a.party IN (t.supplier, t.recipient) AND a.adversary = c.voice_id
    AND (c.said_min IS NULL OR (CAST(a.listed_from AS DATE) <= c.said_min
        AND coalesce(CAST(a.listed_to AS DATE) >= c.said_min, TRUE)));

CREATE TABLE exhibit_shown AS
SELECT c.about_id AS transfer_id, c.statement_id, c.voice_id, c.known_from, c.taken_back_on AS known_to
FROM claim_about c
JOIN transfers t ON t.transfer_id = c.about_id
LEFT JOIN listed_word l
    ON l.transfer_id = c.about_id AND l.statement_id = c.statement_id AND l.voice_id = c.voice_id
WHERE c.aspect = 'manufacture_origin' AND c.says = 'asserts' AND c.exhibit_id IS NOT NULL
    AND c.evidence IN ('physical_shown', 'inspection_reported')
    AND c.voice_kind IN ('government', 'international_body', 'organisation', 'person')
    AND c.voice_id NOT IN (t.supplier, t.recipient) AND l.voice_id IS NULL;

-- The days on which a status may change; the first is that of the history (H1).
CREATE TABLE moment AS
WITH read_of AS (
    SELECT transfer_id, part_id FROM part
    UNION ALL SELECT wider.wider_transfer_id, part.part_id FROM wider JOIN part USING (transfer_id)
),
changed AS (
    SELECT read_of.transfer_id, min(said.known_from) AS day
    FROM said JOIN read_of ON read_of.part_id = said.transfer_id
    GROUP BY read_of.transfer_id
    UNION SELECT transfer_id, known_from FROM voices
    UNION SELECT transfer_id, known_to FROM voices
    UNION SELECT transfer_id, known_from FROM exhibit_shown
    UNION SELECT transfer_id, known_to FROM exhibit_shown
    UNION SELECT transfer_id, event_max + 1 FROM voices WHERE says = 'expects' AND event_max >= known_from
    UNION SELECT transfer_id, known_from FROM positions
    UNION SELECT transfer_id, known_to FROM positions
)
SELECT transfer_id, day FROM changed WHERE day <= (SELECT day FROM record_day);

CREATE TABLE heard AS
SELECT
    m.transfer_id, m.day, v.stage, v.voice_kind, v.voice_id, v.says, v.limits, v.denies_stage, v.event_max,
    v.voice_id IN (t.supplier, t.recipient) AS is_party,
    v.voice_kind IN ('government', 'international_body') AS is_official, v.rests_on_certainty = 'certain' AS rests,
    l.voice_id IS NOT NULL AS is_listed, coalesce(s.via_id <> v.voice_id, FALSE) AS retells
FROM moment m
JOIN transfers t ON t.transfer_id = m.transfer_id
JOIN voices v ON v.transfer_id = m.transfer_id AND v.known_from <= m.day AND (v.known_to IS NULL OR v.known_to > m.day)
JOIN statements s ON s.statement_id = v.statement_id
LEFT JOIN listed_word l
    ON l.transfer_id = v.transfer_id AND l.statement_id = v.statement_id AND l.voice_id = v.voice_id
WHERE v.says IN ('asserts', 'says_not', 'holds_possible', 'expects')
    AND NOT (v.voice_kind = 'outlet_only' AND v.is_disputed_on_page);

-- Outlets that stand behind a claim already: as an organisation, alone or in a joint text, or as publisher of a report
-- with an unnamed source.
CREATE TABLE counted_outlet AS
SELECT DISTINCT h.transfer_id, h.day, h.stage, coalesce(src.publisher_id, author.member_actor_id, h.voice_id) AS outlet_id
FROM heard h
LEFT JOIN actor_members author ON author.actor_id = h.voice_id
LEFT JOIN sources src ON h.voice_kind = 'unnamed' AND src.source_id = h.voice_id
WHERE h.says = 'asserts' AND h.voice_kind IN ('unnamed', 'organisation');

-- Per voice first, so that one word of its own is enough for a voice not to count as resting, retelling or adversary.
CREATE TABLE own_status AS
WITH by_voice AS (
    SELECT
        h.transfer_id, h.day, h.stage, voice_kind, voice_id, is_party, is_official,
        o.outlet_id IS NOT NULL AS is_counted,
        bool_or(says = 'asserts') AS asserts,
        bool_or(says = 'asserts' AND limits = 'total') AS asserts_in_full,
        bool_and(coalesce(rests, FALSE)) FILTER (says = 'asserts') AS rests,
        bool_or(says = 'asserts' AND NOT retells) AS asserts_itself,
        bool_or(is_listed) FILTER (says = 'asserts') AS is_adversary,
        bool_or(says = 'says_not' AND limits = 'total' AND denies_stage) AS says_not,
        bool_or(says = 'holds_possible') AS holds_possible,
        bool_or(says = 'expects') AS expects,
        bool_or(says = 'expects' AND (event_max IS NULL OR event_max >= h.day)) AS still_expects
    FROM heard h
    LEFT JOIN counted_outlet o
        ON o.transfer_id = h.transfer_id AND o.day = h.day AND o.stage = h.stage AND o.outlet_id = h.voice_id
    GROUP BY h.transfer_id, h.day, h.stage, voice_kind, voice_id, is_party, is_official, o.outlet_id
),
counted AS (
    SELECT
        transfer_id, day, stage,
        count(*) FILTER (asserts AND is_official AND NOT is_party) AS n_official,
        count(*) FILTER (is_official AND NOT is_party AND rests) AS n_resting,
        count(*) FILTER (is_official AND NOT is_party AND is_adversary) AS n_adversaries,
        count(*) FILTER (asserts AND voice_kind IN ('organisation', 'person')) AS n_named,
        count(*) FILTER (asserts AND voice_kind = 'unnamed') AS n_unnamed,
        count(*) FILTER (asserts_itself AND voice_kind = 'outlet_only' AND NOT is_counted) AS n_outlets,
        count(*) FILTER (says_not AND NOT is_party AND voice_kind IN (SELECT voice_kind FROM counted_kind))
            AS n_saying_not,
        bool_or(asserts_in_full AND is_party) AS is_acknowledged,
        bool_or(asserts AND (is_party OR voice_kind = 'party_side')) AS is_of_party_side,
        bool_or(asserts) AS is_asserted, bool_or(holds_possible) AS is_held_possible,
        bool_or(expects) AS was_expected, bool_or(still_expects) AS is_expected
    FROM by_voice
    GROUP BY transfer_id, day, stage
),
inspection AS (
    SELECT m.transfer_id, m.day, first(e.statement_id ORDER BY e.known_from, e.statement_id) AS inspection_id
    FROM moment m
    JOIN exhibit_shown e ON e.transfer_id = m.transfer_id AND e.known_from <= m.day
        AND (e.known_to IS NULL OR e.known_to > m.day)
    GROUP BY m.transfer_id, m.day
),
every_stage AS (
    SELECT m.transfer_id, m.day, s.stage, s.stage_no, c.* EXCLUDE (transfer_id, day, stage),
        i.inspection_id, i.inspection_id IS NOT NULL AS is_inspected
    FROM moment m
    CROSS JOIN stage s
    LEFT JOIN inspection i ON i.transfer_id = m.transfer_id AND i.day = m.day AND s.stage = 'transferred'
    LEFT JOIN counted c ON c.transfer_id = m.transfer_id AND c.day = m.day AND c.stage = s.stage
),
claimed AS (
    SELECT *, bool_or(is_asserted OR is_inspected) OVER (
        PARTITION BY transfer_id, day ORDER BY stage_no ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS is_later_claimed
    FROM every_stage
)
SELECT
    transfer_id, day, stage,
    CASE
        WHEN is_inspected THEN 'inspected'
        WHEN is_acknowledged THEN 'acknowledged'
        WHEN n_official > 1 THEN 'officials'
        WHEN n_official = 1 THEN 'one_official'
        WHEN n_named + n_unnamed > 0 THEN 'reported'
        WHEN is_of_party_side THEN 'party_side'
        WHEN is_asserted THEN 'outlet_only'
        WHEN is_held_possible THEN 'held_possible'
        WHEN is_expected THEN 'expected'
        WHEN was_expected THEN 'lapsed'
        WHEN is_later_claimed THEN 'implied'
        ELSE 'no_claim'
    END AS status,
    coalesce(n_official, 0) AS n_official, coalesce(n_resting, 0) AS n_resting,
    coalesce(n_adversaries, 0) AS n_adversaries, coalesce(n_named, 0) AS n_named, coalesce(n_unnamed, 0) AS n_unnamed,
    coalesce(n_outlets, 0) AS n_outlets, coalesce(n_saying_not, 0) AS n_saying_not,
    inspection_id
FROM claimed;
