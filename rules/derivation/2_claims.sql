-- C1 Claims and stages: what a statement says, of which stage
--
-- Explicit, first-hand statements are read. What is taken for granted is not read, nor is a statement that retells another
-- one of the record. A statement that was taken back is read until the day on which its withdrawal became public. Each
-- statement says one of:
--   asserts         It is or was so.                   holds_possible  It may be or have been so.
--   expects         It will or is meant to be so.      expects_not     It will not or is not meant to be so.
--   denies          A party says it was not so.        says_not        Anybody else says it was not so.
--   doubts          No sign of it, unverified, or it may not have been so.
--   declines        No comment, or no reply.
-- Limits are those coded; a negative or an admission without a limiting phrase is total. ("Negative" covers denies and
-- says_not.)
--
-- Stages of a transfer, by aspect (rules/aspects.csv): talks (negotiation), agreed (agreement, order, payment),
-- transferred (shipment, delivery; licence or technology in transfers of those; training in transfers of services).
-- A negative about a payment does not say that nothing was agreed, so it denies no stage (column denies_stage).
--
-- An assertion, an expectation or a possibility about a recorded part (a contract, lot, cargo, route) is about the
-- whole too, as long as it is the latest word on that part (H1). A negative, a doubt or a refusal about a part says
-- nothing about the whole. Nothing passes up or down the class tree, or between figures and stages. One transfer is wider
-- than another, and the other is narrower, if both have the same parties and mode, the first is of a class of systems
-- above the other's, and the other is no recorded part. A cargo of ammunition is no class; a transfer of all shells is no
-- narrower than it.

-- The day on which a statement was taken back in public, if ever.
CREATE TABLE taken_back AS
SELECT w.targets_statement_id AS statement_id, min(p.known_from) AS taken_back_on
FROM statements w JOIN public_from p USING (statement_id)
WHERE w.stance = 'withdraw' AND w.explicitness = 'explicit' AND w.relays_statement_id IS NULL
GROUP BY w.targets_statement_id;

-- One row per statement, whoever signed it: what it says, and of which stage.
CREATE TABLE said AS
SELECT
    s.statement_id, s.source_id, s.transfer_id, s.system_id, s.aspect, s.explicitness, s.relays_statement_id,
    s.evidence, s.exhibit_id, s.basis, s.scope, s.pooled, s.value, s.value_text, s.unit, s.canonical_unit,
    s.low, s.point, s.high, s.said_min, s.said_max, s.event_min, s.event_max, src.published_min, p.known_from,
    b.taken_back_on,
    coalesce(s.limits, 'total') AS limit_said,
    a.measure, a.denies_stage, r.rests_on_voice_id, r.rests_on_certainty,
    CASE WHEN a.only_mode IS NULL OR a.only_mode = t.mode THEN a.stage END AS stage,
    CASE
        WHEN s.stance = 'decline' THEN 'declines'
        WHEN s.stance = 'doubt' THEN 'doubts'
        WHEN s.stance = 'deny' AND s.polarity = 'affirmed' THEN 'denies'
        WHEN s.stance = 'project' AND s.polarity = 'affirmed' THEN 'expects'
        WHEN s.stance = 'project' THEN 'expects_not'
        WHEN s.stance = 'assert' AND s.polarity = 'affirmed' AND s.certainty = 'possible' THEN 'holds_possible'
        WHEN s.stance = 'assert' AND s.polarity = 'affirmed' THEN 'asserts'
        WHEN s.stance = 'assert' AND s.certainty = 'possible' THEN 'doubts'
        WHEN s.stance = 'assert' THEN 'says_not'
    END AS says,
    CASE
        WHEN b.taken_back_on <= (SELECT day FROM record_day) THEN 'taken_back'
        WHEN s.stance = 'withdraw' THEN 'takes_back'
        WHEN s.relays_statement_id IS NOT NULL THEN 'retells'
        WHEN s.explicitness = 'presupposed' THEN 'taken_for_granted'
        ELSE says
    END AS use_as
FROM statements s
JOIN sources src USING (source_id)
JOIN public_from p USING (statement_id)
JOIN aspects a USING (aspect)
LEFT JOIN transfers t USING (transfer_id)
LEFT JOIN taken_back b USING (statement_id)
LEFT JOIN resting r USING (statement_id);

-- One row per statement that is read and signatory.
CREATE TABLE claim AS
SELECT
    concat_ws('|', said.statement_id, v.voice_kind, v.voice_id, v.joint_body_id) AS claim_id,
    said.* EXCLUDE (rests_on_voice_id, rests_on_certainty), v.voice_kind, v.voice_id, v.joint_body_id,
    CASE WHEN rests_on_voice_id <> voice_id THEN rests_on_voice_id END AS rests_on_voice_id,
    CASE WHEN rests_on_voice_id <> voice_id THEN rests_on_certainty END AS rests_on_certainty
FROM said JOIN voice_of v USING (statement_id)
WHERE said.explicitness = 'explicit' AND said.relays_statement_id IS NULL AND said.says IS NOT NULL;

-- A transfer, and the contracts, lots, cargoes and routes recorded as parts of it, at any depth.
CREATE TABLE part AS
WITH RECURSIVE down (transfer_id, part_id) AS (
    SELECT transfer_id, transfer_id FROM transfers
    UNION
    SELECT down.transfer_id, l.transfer_id
    FROM down JOIN transfer_links l ON l.kind = 'part_of' AND l.linked_transfer_id = down.part_id
)
SELECT transfer_id, part_id FROM down;

-- Every claim under each transfer that it is about.
CREATE TABLE claim_about AS
SELECT part.transfer_id AS about_id, claim.*
FROM claim JOIN part ON part.part_id = claim.transfer_id
WHERE part.part_id = part.transfer_id OR claim.says IN ('asserts', 'holds_possible', 'expects');

-- The same parties and mode, a wider class of systems, and no recorded part: how many steps up the class tree.
CREATE TABLE wider AS
WITH RECURSIVE up (system_id, wider_id, steps) AS (
    SELECT system_id, parent_system_id, 1 FROM systems
    UNION ALL
    SELECT up.system_id, s.parent_system_id, up.steps + 1
    FROM up JOIN systems s ON s.system_id = up.wider_id
    WHERE up.steps < 12
)
SELECT t.transfer_id, w.transfer_id AS wider_transfer_id, up.steps
FROM transfers t
JOIN up ON up.system_id = t.system_id
JOIN transfers w ON w.system_id = up.wider_id AND w.mode = t.mode
    AND w.supplier = t.supplier AND w.recipient = t.recipient
WHERE w.transfer_id NOT IN (SELECT transfer_id FROM transfer_links WHERE kind = 'part_of');
