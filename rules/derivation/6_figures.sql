-- F1 Figures and estimates: numbers as stated
--
-- Figures. One row per subject (a transfer or a system), measure, unit, basis and voice, for a number that the voice
-- asserts, holds possible or expects: its latest total to date, and every contract, lot, window, rate, remaining number and
-- plan in its own words. A total in words ("hundreds") ends when that voice gives a numeral the same day or a newer total;
-- a numeral ends with a newer numeral. A number that covers more than its row's subject (pooled) is in no figure.
-- Specifications are figures of systems, per voice and basis: the latest word of a voice takes the place of its earlier
-- ones, and two numbers of one voice and day stand side by side.
--
-- Bounds (Q4, rules/quantities.csv): "exactly N" is N; "about N" has the point N and no bounds; "at least N" and "more
-- than N" have the low N; "up to N", "less than N", "nearly N" have the high N; "from A to B" has A and B. Words stay
-- words, with the least that their plural can mean as low ("hundreds": 200); "several" and "a few" name no least number
-- and have none. Of a property that is itself a maximum (range, payload, speed, endurance) "up to N" is N. Units are
-- converted exactly, and marked.
--
-- Estimates. From the voices that assert a total to date in numerals: the smallest total, the largest total, the number of
-- voices, and the latest day of which one of them speaks. Counted are governments, international bodies, organisations,
-- persons and unnamed sources. Not counted are windows, lots, totals in words, upper bounds alone, outlets whose source is
-- not told, words at second hand and a party's side. Only weapons, rounds, launchers and kits are counted, and persons
-- where training is counted. The smallest total is the least of the lows (the point where there is no low). The largest is
-- the greatest of the highs (the point where there is no high, the low where there is neither); it is open above where a
-- standing lower bound has nothing above it. Either is marked as about so many where a voice that gives it says "about". An
-- estimate is contradictory where time cannot explain it: the lower bound of
-- one voice is above the upper bound of another and was said no later. There is no median and no best estimate.
--
-- Ranges of a system: the smallest and the largest stated, per basis, over all voices; never across systems.

CREATE TABLE figures AS
SELECT
    c.transfer_id, c.system_id, c.measure, c.canonical_unit AS unit, c.basis, c.scope, c.says, c.voice_kind, c.voice_id,
    c.joint_body_id, c.value_text, c.value IS NOT NULL AS is_numeral, c.low, c.point, c.high,
    coalesce(c.unit <> c.canonical_unit, FALSE) AS is_converted, c.event_min AS window_from, c.event_max AS window_to,
    c.said_min, c.said_max AS as_of, c.rests_on_voice_id, c.statement_id, s.known_from, s.known_to
FROM claim c
JOIN standing s ON s.word_id = concat_ws('|', 'figure', c.claim_id);

CREATE TABLE total AS
SELECT
    transfer_id, system_id, measure, unit, voice_id, low, point, high, said_min, as_of, known_from, known_to,
    coalesce(transfer_id, system_id) AS subject_id,
    coalesce(low, point) AS smallest, coalesce(high, point, low) AS largest
FROM figures
WHERE says = 'asserts' AND scope = 'total_to_date' AND is_numeral
    AND coalesce(low, point) IS NOT NULL
    AND (unit IN ('item', 'round', 'launcher', 'kit') OR (unit = 'person' AND measure = 'trained'))
    AND voice_kind IN (SELECT voice_kind FROM counted_kind);

CREATE TABLE estimates AS
WITH moment AS (
    SELECT subject_id, measure, unit, known_from AS day FROM total
    UNION
    SELECT subject_id, measure, unit, known_to FROM total WHERE known_to <= (SELECT day FROM record_day)
),
span AS (
    SELECT *, lead(day) OVER (PARTITION BY subject_id, measure, unit ORDER BY day) AS next_day FROM moment
),
standing_total AS (
    SELECT span.day, span.next_day, total.*
    FROM span JOIN total
        ON total.subject_id = span.subject_id AND total.measure = span.measure
        AND total.unit IS NOT DISTINCT FROM span.unit
        AND total.known_from <= span.day AND (total.known_to IS NULL OR total.known_to > span.day)
),
clash AS (
    SELECT DISTINCT a.subject_id, a.measure, a.unit, a.day
    FROM standing_total a
    JOIN standing_total b
        ON b.subject_id = a.subject_id AND b.measure = a.measure AND b.unit IS NOT DISTINCT FROM a.unit
        AND b.day = a.day AND b.voice_id <> a.voice_id AND a.low > b.high AND a.as_of <= b.said_min
),
counted AS (
    SELECT
        t.transfer_id, t.system_id, t.measure, t.unit, t.day, t.next_day,
        min(t.smallest) AS smallest, max(t.largest) AS largest,
        coalesce(min(t.smallest) FILTER (t.low IS NULL) = min(t.smallest), FALSE) AS is_smallest_about,
        coalesce(max(t.largest) FILTER (t.high IS NULL AND t.point IS NOT NULL) = max(t.largest), FALSE)
            AS is_largest_about,
        bool_or(t.high IS NULL AND t.point IS NULL) AS is_open_above,
        clash.day IS NOT NULL AS is_contradictory,
        count(DISTINCT t.voice_id) AS n_voices, max(t.as_of) AS latest_as_of
    FROM standing_total t
    LEFT JOIN clash ON clash.subject_id = t.subject_id AND clash.measure = t.measure
        AND clash.unit IS NOT DISTINCT FROM t.unit AND clash.day = t.day
    GROUP BY t.transfer_id, t.system_id, t.measure, t.unit, t.day, t.next_day, clash.day
),
-- Neighbouring spans in which nothing changed are one row.
changed AS (
    SELECT *, lag(next_day) OVER same IS NOT DISTINCT FROM day
        AND lag((smallest, largest, is_smallest_about, is_largest_about, is_open_above, is_contradictory, n_voices,
            latest_as_of)) OVER same
            IS NOT DISTINCT FROM (smallest, largest, is_smallest_about, is_largest_about, is_open_above,
                is_contradictory, n_voices, latest_as_of) AS is_same
    FROM counted
    WINDOW same AS (PARTITION BY transfer_id, system_id, measure, unit ORDER BY day)
),
numbered AS (
    SELECT *, count(*) FILTER (NOT is_same)
        OVER (PARTITION BY transfer_id, system_id, measure, unit ORDER BY day) AS run
    FROM changed
)
SELECT
    concat_ws('.', transfer_id, system_id, measure, unit, min(day)) AS estimate_id,
    transfer_id, system_id, measure, unit, smallest, largest, is_smallest_about, is_largest_about, is_open_above,
    is_contradictory, n_voices, latest_as_of,
    min(day) AS known_from, CASE WHEN bool_and(next_day IS NOT NULL) THEN max(next_day) END AS known_to
FROM numbered
GROUP BY transfer_id, system_id, measure, unit, run, smallest, largest, is_smallest_about, is_largest_about,
    is_open_above, is_contradictory, n_voices, latest_as_of;

CREATE TABLE stated_range AS
SELECT
    system_id, basis, min(coalesce(low, point, high)) AS smallest, max(coalesce(high, point, low)) AS largest
FROM figures
WHERE measure = 'range' AND is_numeral AND known_to IS NULL AND says = 'asserts'
GROUP BY system_id, basis;
