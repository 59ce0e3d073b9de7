-- V1 Voices: whose word a statement is
--
-- The voice of a statement is whose word it is. Its kind is the first of these that fits:
--   party_side          An outlet that the supplier or the recipient controls and that does not name its source.
--   outlet_only         The source is not told (anonymity anonymous_undescribed). The voice is the outlet: the one
--                       whose undisclosed source speaks, else the one retold (via_id), else the publisher of the
--                       page that is copied, else the publisher.
--   second_hand         A speaker, named or described, whose words came through somebody whom the page does not name;
--                       or a country or capital as such ("Tehran denies") outside an official text of that state
--                       or a copy of one. The voice is the speaker. It is shown and is in no count.
--   unnamed             A described source of one original report; unnamed officials of a state are such a source.
--                       The voice is that report: however many unnamed groups it quotes, it is one report.
--   government          An office-holder or body of a state that speaks for it on the record. The voice is the state.
--   international_body  The same for a body of no state (the EU, the UN, NATO). The voice is the body at the top.
--   party_side          A legislator alone or a former official of the supplier or the recipient, and a medium or
--                       company that one of them controls, in its own voice. In a statement about a system, a party
--                       is any supplier or recipient in the record. It is shown and is in no count.
--   person              Any other named person who speaks for nobody: a legislator alone, a former official, an expert.
--   organisation        Any other medium, institute or company, in its own voice; persons or organisations in a text of
--                       several.
--
-- A joint text of states or international bodies, on the record, is the word of each signatory. Any other text of
-- several authors is one voice, that of them all, for it is one text. Who speaks for a state, body, medium, institute
-- or company is read as that state or body (speaks_for_id, else the speaker). A legislator alone, a former or unnamed
-- official, and a speaker at second hand whom the page only describes are read as themselves. Somebody who repeats the
-- information of another is a voice too. Whose information it was stands beside it, and how certain that is: the voice
-- of the statement rested on (for a joint text the joint body), or of the actor rested on (the state of which it is a
-- body or a person, else the actor itself); never the voice itself. A statement that retells another statement of the
-- record adds no voice.
--
-- A statement is publicly known from the day on which its page was published. Where it retells or copies a page that
-- was not read, the day of that page counts too, but not for what the outlet adds in its own voice; and so does the day
-- of any page that retells the statement. The first of these days holds; of each, the latest possible day is taken.

-- The kinds of voice that are counted, outlets apart: the others are shown only.
CREATE TABLE counted_kind AS
SELECT * FROM (VALUES
    ('government'), ('international_body'), ('organisation'), ('person'), ('unnamed')
) AS k (voice_kind);

-- The state of an actor: its own, or that of the nearest actor above it.
CREATE TABLE actor_state AS
WITH RECURSIVE above (actor_id, above_id, steps) AS (
    SELECT actor_id, actor_id, 0 FROM actors
    UNION ALL
    SELECT above.actor_id, a.parent_actor_id, above.steps + 1
    FROM above JOIN actors a ON a.actor_id = above.above_id
    WHERE a.state IS NULL AND above.steps < 12
)
SELECT above.actor_id, arg_max(above.above_id, above.steps) AS top_actor_id, arg_max(a.state, above.steps) AS state
FROM above JOIN actors a ON a.actor_id = above.above_id
GROUP BY above.actor_id;

CREATE TABLE party_state AS
SELECT supplier AS state FROM transfers UNION SELECT recipient FROM transfers;

-- One row per statement and signatory.
CREATE TABLE voice_of AS
WITH heard AS (
    SELECT
        s.statement_id, s.speaker_id, s.authority, s.anonymity, s.chain_complete, s.via_id,
        src.publisher_id, copied.publisher_id AS copied_publisher_id, src.kind AS source_kind,
        coalesce(s.original_source_id, src.copy_of_source_id, s.source_id) AS report_id,
        s.authority IN ('state_position', 'official_capacity') AS is_on_the_record,
        CASE WHEN s.authority IN ('individual_official', 'former_official') OR s.anonymity = 'anonymous_described'
            THEN s.speaker_id ELSE coalesce(s.speaks_for_id, s.speaker_id) END AS text_of_id,
        t.supplier, t.recipient
    FROM statements s
    JOIN sources src USING (source_id)
    LEFT JOIN sources copied ON copied.source_id = src.copy_of_source_id
    LEFT JOIN transfers t USING (transfer_id)
),
signed AS (
    SELECT
        h.* EXCLUDE (supplier, recipient), a.actor_id AS signatory_id, m.actor_id AS joint_body_id,
        a.kind AS signatory_kind,
        a.state_controlled, st.state, st.top_actor_id, speaker.kind AS speaker_kind,
        coalesce(
            CASE WHEN outlet.kind <> 'state' THEN outlet.actor_id END, h.via_id, h.copied_publisher_id, h.publisher_id
        ) AS outlet_id,
        h.source_kind = 'official_text' AND coalesce(publisher.state = st.state, FALSE) AS is_own_official_text,
        CASE WHEN h.supplier IS NULL THEN party.state IS NOT NULL ELSE st.state IN (h.supplier, h.recipient)
            END AS is_of_a_party,
        h.supplier, h.recipient
    FROM heard h
    LEFT JOIN actor_members m ON m.actor_id = h.text_of_id AND h.is_on_the_record
    JOIN actors a ON a.actor_id = coalesce(m.member_actor_id, h.text_of_id)
    JOIN actor_state st ON st.actor_id = a.actor_id
    JOIN actors speaker ON speaker.actor_id = h.speaker_id
    JOIN actor_state publisher ON publisher.actor_id = coalesce(h.copied_publisher_id, h.publisher_id)
    LEFT JOIN actors outlet ON outlet.actor_id = speaker.parent_actor_id
    LEFT JOIN party_state party ON party.state = st.state
),
placed AS (
    SELECT
        signed.*,
        medium.state_controlled AND CASE WHEN supplier IS NULL
            THEN of_medium.state IN (SELECT state FROM party_state)
            ELSE of_medium.state IN (supplier, recipient) END AS outlet_is_of_a_party
    FROM signed
    LEFT JOIN actors medium ON medium.actor_id = signed.outlet_id
    LEFT JOIN actor_state of_medium ON of_medium.actor_id = signed.outlet_id
),
kinds AS (
    SELECT
        *,
        CASE
            WHEN anonymity = 'anonymous_undescribed' AND outlet_is_of_a_party THEN 'party_side'
            WHEN anonymity = 'anonymous_undescribed' THEN 'outlet_only'
            WHEN NOT chain_complete THEN 'second_hand'
            WHEN anonymity = 'anonymous_described' THEN 'unnamed'
            WHEN speaker_kind = 'state' AND NOT is_own_official_text THEN 'second_hand'
            WHEN is_on_the_record AND state IS NOT NULL THEN 'government'
            WHEN is_on_the_record THEN 'international_body'
            WHEN authority IN ('individual_official', 'former_official') AND is_of_a_party THEN 'party_side'
            WHEN signatory_kind = 'person' THEN 'person'
            WHEN state_controlled AND signatory_kind IN ('medium', 'company') AND is_of_a_party THEN 'party_side'
            ELSE 'organisation'
        END AS voice_kind
    FROM placed
)
SELECT DISTINCT
    statement_id, joint_body_id, voice_kind,
    CASE
        WHEN anonymity = 'anonymous_undescribed' THEN outlet_id
        WHEN voice_kind = 'unnamed' THEN report_id
        WHEN voice_kind = 'government' THEN state
        WHEN voice_kind = 'international_body' THEN top_actor_id
        ELSE signatory_id
    END AS voice_id
FROM kinds;

-- Whose information a statement repeats, and how certainly.
CREATE TABLE spoken_for AS  -- the voice of an actor: the state that it belongs to, else itself
SELECT
    a.actor_id,
    CASE WHEN a.kind = 'state' OR above.kind = 'state' OR (a.state_controlled AND a.kind = 'body')
        OR (above.state_controlled AND above.kind = 'body') THEN st.state ELSE a.actor_id END AS voice_id
FROM actors a
JOIN actor_state st USING (actor_id)
LEFT JOIN actors above ON above.actor_id = a.parent_actor_id AND a.kind IN ('person', 'body', 'anonymous_group');

CREATE TABLE resting AS
SELECT
    s.statement_id, s.rests_on_certainty,
    coalesce(min(v.joint_body_id), min(v.voice_id), min(spoken_for.voice_id)) AS rests_on_voice_id
FROM statements s
LEFT JOIN voice_of v ON v.statement_id = s.rests_on_statement_id
LEFT JOIN spoken_for ON spoken_for.actor_id = s.rests_on_actor_id
WHERE s.rests_on_statement_id IS NOT NULL OR s.rests_on_actor_id IS NOT NULL
GROUP BY s.statement_id, s.rests_on_certainty;

CREATE TABLE public_from AS
WITH RECURSIVE retold (statement_id, page_statement_id) AS (
    SELECT statement_id, statement_id FROM statements
    UNION
    SELECT retold.statement_id, s.statement_id
    FROM retold JOIN statements s ON s.relays_statement_id = retold.page_statement_id
),
page AS (
    SELECT s.statement_id, least(src.published_max, original.published_max, copied.published_max) AS day
    FROM statements s
    JOIN sources src USING (source_id)
    LEFT JOIN sources original ON original.source_id = s.original_source_id AND original.extent = 'not_consulted'
        AND NOT (s.attribution = 'own_voice' AND s.relays_statement_id IS NULL)
    LEFT JOIN sources copied ON copied.source_id = src.copy_of_source_id AND copied.extent = 'not_consulted'
)
SELECT retold.statement_id, min(page.day) AS known_from
FROM retold JOIN page ON page.statement_id = retold.page_statement_id
GROUP BY retold.statement_id;
