-- H1 History: one transfer as publicly known over one run of days
--
-- A history begins on the first day on which any statement about the transfer, a part of it or a narrower transfer was
-- public. A row holds from known_from until the day before known_to; a blank known_to lasts to the last day of the record.
-- A new row begins on every day on which a status, a count, a party's position or what is said within the class changed,
-- and on the day after the last day for which something was expected. So "as publicly known on day D" is one filter on
-- any derived table: known_from on or before D, and known_to blank or after D.
--
-- One word per party on the transfer's own delivery: admits, denies, admits_and_denies, declines, silent.

CREATE TABLE status_span AS
SELECT s.*, r.status_no, lead(s.day) OVER (PARTITION BY s.transfer_id, s.stage ORDER BY s.day) AS next_day
FROM own_status s JOIN status_rank r USING (status);

-- A class also changes when what is said of its members does.
CREATE TABLE history_day AS
SELECT transfer_id, day FROM moment
UNION SELECT w.wider_transfer_id, m.day FROM wider w JOIN moment m USING (transfer_id);

-- Of a class: the highest status of any one narrower transfer on that day.
CREATE TABLE within_class AS
SELECT
    d.transfer_id, d.day, n.stage, n.status AS within_status, n.transfer_id AS within_transfer_id
FROM history_day d
JOIN wider w ON w.wider_transfer_id = d.transfer_id
JOIN status_span n ON n.transfer_id = w.transfer_id
    AND n.day <= d.day AND (n.next_day IS NULL OR n.next_day > d.day) AND n.status NOT IN ('no_claim', 'implied')
QUALIFY row_number() OVER (
    PARTITION BY d.transfer_id, d.day, n.stage ORDER BY n.status_no DESC, n.transfer_id) = 1;

CREATE TABLE own_position AS
SELECT
    m.transfer_id, m.day, p.party,
    CASE WHEN min(word) = max(word) THEN min(word) ELSE 'admits_and_denies' END AS position,
    max(CASE WHEN word = 'admits' THEN statement_id END) AS admission_id,
    max(CASE WHEN word = 'admits' THEN limits END) AS admission_limits,
    max(CASE WHEN word = 'denies' THEN statement_id END) AS denial_id,
    max(CASE WHEN word = 'denies' THEN limits END) AS denial_limits
FROM history_day m
JOIN positions p ON p.transfer_id = m.transfer_id AND p.stage = 'transferred' AND NOT p.is_wider
    AND p.known_from <= m.day AND (p.known_to IS NULL OR p.known_to > m.day)
GROUP BY m.transfer_id, m.day, p.party;

CREATE TABLE day_row AS
WITH staged AS (
    SELECT s.* EXCLUDE (day), d.day, w.within_status, w.within_transfer_id
    FROM history_day d
    JOIN status_span s ON s.transfer_id = d.transfer_id
        AND s.day <= d.day AND (s.next_day IS NULL OR s.next_day > d.day)
    LEFT JOIN within_class w ON w.transfer_id = d.transfer_id AND w.day = d.day AND w.stage = s.stage
)
SELECT
    talks.transfer_id, talks.day,
    talks.status AS talks_status, talks.n_official AS talks_n_official, talks.n_resting AS talks_n_resting,
    talks.n_adversaries AS talks_n_adversaries, talks.n_named AS talks_n_named,
    talks.n_unnamed AS talks_n_unnamed, talks.n_outlets AS talks_n_outlets, talks.n_saying_not AS talks_n_saying_not,
    agreed.status AS agreed_status, agreed.n_official AS agreed_n_official, agreed.n_resting AS agreed_n_resting,
    agreed.n_adversaries AS agreed_n_adversaries, agreed.n_named AS agreed_n_named,
    agreed.n_unnamed AS agreed_n_unnamed, agreed.n_outlets AS agreed_n_outlets,
    agreed.n_saying_not AS agreed_n_saying_not, agreed.within_status AS agreed_within_status,
    agreed.within_transfer_id AS agreed_within_transfer_id,
    transferred.status AS transferred_status, transferred.n_official AS transferred_n_official,
    transferred.n_resting AS transferred_n_resting, transferred.n_adversaries AS transferred_n_adversaries,
    transferred.n_named AS transferred_n_named, transferred.n_unnamed AS transferred_n_unnamed,
    transferred.n_outlets AS transferred_n_outlets, transferred.n_saying_not AS transferred_n_saying_not,
    transferred.within_status AS transferred_within_status,
    transferred.within_transfer_id AS transferred_within_transfer_id,
    transferred.inspection_id AS transferred_inspection_id,
    coalesce(supplier.position, 'silent') AS supplier_position, supplier.admission_id AS supplier_admission_id,
    supplier.admission_limits AS supplier_admission_limits, supplier.denial_id AS supplier_denial_id,
    supplier.denial_limits AS supplier_denial_limits,
    coalesce(recipient.position, 'silent') AS recipient_position, recipient.admission_id AS recipient_admission_id,
    recipient.admission_limits AS recipient_admission_limits, recipient.denial_id AS recipient_denial_id,
    recipient.denial_limits AS recipient_denial_limits
FROM staged talks
JOIN staged agreed ON agreed.transfer_id = talks.transfer_id AND agreed.day = talks.day AND agreed.stage = 'agreed'
JOIN staged transferred ON transferred.transfer_id = talks.transfer_id AND transferred.day = talks.day
    AND transferred.stage = 'transferred'
LEFT JOIN own_position supplier ON supplier.transfer_id = talks.transfer_id AND supplier.day = talks.day
    AND supplier.party = 'supplier'
LEFT JOIN own_position recipient ON recipient.transfer_id = talks.transfer_id AND recipient.day = talks.day
    AND recipient.party = 'recipient'
WHERE talks.stage = 'talks';

-- Neighbouring days on which nothing changed are one row.
CREATE TABLE transfer_history AS
WITH packed AS (
    SELECT *, row(*COLUMNS(* EXCLUDE (transfer_id, day))) AS facts FROM day_row
),
new_facts AS (
    SELECT * FROM packed
    QUALIFY facts IS DISTINCT FROM lag(facts) OVER (PARTITION BY transfer_id ORDER BY day)
)
SELECT
    transfer_id, day AS known_from, lead(day) OVER (PARTITION BY transfer_id ORDER BY day) AS known_to,
    * EXCLUDE (transfer_id, day, facts)
FROM new_facts;
