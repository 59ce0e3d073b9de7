-- V1, C1, H1: who says what of which stage, and on which days
--
-- One row is one word of one voice on one stage of one transfer, with the days on which it stood. An assertion is marked
-- is_disputed_on_page where the publisher of the same page doubts it there, or says there that it is not so, of the same
-- stage of the same transfer, whatever the day.

CREATE TABLE voices AS
SELECT
    c.about_id AS transfer_id, c.stage, c.voice_kind, c.voice_id, c.says, c.aspect, c.limit_said AS limits,
    c.statement_id, c.transfer_id AS said_of_transfer_id, c.joint_body_id, c.rests_on_voice_id,
    c.rests_on_certainty,
    EXISTS (
        SELECT 1 FROM claim own
        JOIN sources src ON src.source_id = own.source_id
        WHERE own.source_id = c.source_id AND own.voice_id = src.publisher_id AND own.voice_kind <> 'outlet_only'
            AND own.says IN ('says_not', 'doubts') AND own.transfer_id = c.transfer_id AND own.stage = c.stage
            AND c.says = 'asserts'
    ) AS is_disputed_on_page,
    c.event_max, c.denies_stage, st.known_from, st.known_to
FROM claim_about c
JOIN standing st ON st.word_id = concat_ws('|', 'voice', c.about_id, c.claim_id)
WHERE c.stage IS NOT NULL;
