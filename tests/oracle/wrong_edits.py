"""Wrong edits of the rules, one at a time: each must make the derivation differ from the oracle.

An edit is (file, words as they stand, words put in their place), matched with all white space folded, so that
formatting does not unhook it; words that no longer stand exactly once fail the test that uses them.
"""

EDITS = [
    # Voices
    ("1_voices.sql", "WHEN anonymity = 'anonymous_undescribed' AND outlet_is_of_a_party THEN 'party_side'", ""),
    ("1_voices.sql", "WHEN NOT chain_complete THEN 'second_hand'", ""),
    ("1_voices.sql", "WHEN speaker_kind = 'state' AND NOT is_own_official_text THEN 'second_hand'", ""),
    ("1_voices.sql", "AND coalesce(publisher.state = st.state, FALSE) AS", "AS"),
    ("1_voices.sql", "WHEN state_controlled AND is_of_a_party THEN 'party_side'", ""),
    ("1_voices.sql", "outlet.actor_id END, h.via_id, h.publisher_id) AS outlet_id", "outlet.actor_id END, h.publisher_id) AS outlet_id"),
    ("1_voices.sql", "WHEN voice_kind = 'unnamed' THEN report_id", ""),
    ("1_voices.sql", "WHEN voice_kind = 'international_body' THEN top_actor_id", ""),
    ("1_voices.sql", "THEN coalesce(s.speaks_for_id, s.speaker_id) ELSE s.speaker_id", "THEN s.speaker_id ELSE s.speaker_id"),
    ("1_voices.sql", "AND original.extent = 'not_consulted'", ""),
    ("1_voices.sql", "JOIN statements s ON s.relays_statement_id = retold.page_statement_id", "JOIN statements s ON FALSE"),
    # Claims
    ("2_claims.sql", "AND s.polarity = 'affirmed' AND s.certainty = 'possible' THEN 'holds_possible'", "AND FALSE THEN 'holds_possible'"),
    ("2_claims.sql", "WHEN s.stance = 'assert' AND s.certainty = 'possible' THEN 'doubts'", ""),
    ("2_claims.sql", "WHERE said.explicitness = 'explicit' AND", "WHERE"),
    ("2_claims.sql", "AND said.relays_statement_id IS NULL AND said.says IS NOT NULL", "AND said.says IS NOT NULL"),
    ("2_claims.sql", "(a.only_mode IS NULL OR a.only_mode = t.mode)", "TRUE"),
    ("2_claims.sql", "OR claim.says IN ('asserts', 'holds_possible', 'expects')", ""),
    ("2_claims.sql", "OR claim.says IN ('asserts', 'holds_possible', 'expects')", "OR TRUE"),
    ("2_claims.sql", "l.kind = 'part_of' AND", ""),
    ("2_claims.sql", "AND w.mode = t.mode", ""),
    # Latest words
    ("3_latest.sql", "voice_id, says, is_total) AS contest", "voice_id, says) AS contest"),
    ("3_latest.sql", "says = 'asserts', is_total_negative FROM voice_word", "says = 'asserts', FALSE FROM voice_word"),
    ("3_latest.sql", "says IN ('denies', 'says_not') AND is_total AS is_total_negative", "says IN ('denies', 'says_not') AS is_total_negative"),
    ("3_latest.sql", "says <> 'asserts', says = 'asserts' FROM voice_word WHERE says IN ('asserts', 'denies',", "says <> 'asserts', FALSE FROM voice_word WHERE says IN ('asserts', 'denies',"),
    ("3_latest.sql", "AND c.limit_said NOT IN ('legality_only', 'characterisation')", ""),
    ("3_latest.sql", "AND (c.says NOT IN ('denies', 'says_not') OR c.denies_stage)", ""),
    ("3_latest.sql", "AND c.said_min IS NOT NULL", ""),
    ("3_latest.sql", "(word = 'denies' AND limit_said = 'total' AND NOT EXISTS", "(word = 'denies' AND NOT EXISTS"),
    ("3_latest.sql", "WHERE said_min >= f.day AND", "WHERE"),
    ("3_latest.sql", "ORDER BY said_min, limit_said <> 'total', said_max", "ORDER BY said_min, said_max"),
    ("3_latest.sql", "FROM voice_word WHERE says IN ('asserts', 'holds_possible', 'expects',", "FROM voice_word WHERE FALSE AND says IN ('asserts', 'holds_possible', 'expects',"),
    ("3_latest.sql", "says = 'declines', says <> 'declines'", "says = 'declines', FALSE"),
    ("3_latest.sql", "-steps, known_from, NULL, TRUE, word = 'denies'", "steps, known_from, NULL, TRUE, word = 'denies'"),
    ("3_latest.sql", "AND NOT coalesce(pooled, FALSE)", ""),
    ("3_latest.sql", "said_order + CAST(is_numeral AS INTEGER)", "said_order"),
    ("3_latest.sql", "least(e.ended_on, word.taken_back_on) AS day_to", "e.ended_on AS day_to"),
    ("3_latest.sql", "RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING", "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"),
    # Voices and positions as shipped
    ("4_voices.sql", "own.says IN ('says_not', 'doubts')", "own.says IN ('says_not')"),
    ("5_positions.sql", "greatest(s.known_from, d.day) AS known_from", "s.known_from AS known_from"),
    # Figures
    ("6_figures.sql", "AND scope = 'total_to_date' AND is_numeral", "AND is_numeral"),
    ("6_figures.sql", "AND scope = 'total_to_date' AND is_numeral", "AND scope = 'total_to_date'"),
    ("6_figures.sql", "AND coalesce(low, point) IS NOT NULL", "AND coalesce(low, point, high) IS NOT NULL"),
    ("6_figures.sql", "'organisation', 'person', 'unnamed');", "'organisation', 'person', 'unnamed', 'outlet_only');"),
    ("6_figures.sql", "bool_or(t.high IS NULL AND t.point IS NULL) AS is_open_above", "bool_or(t.high IS NULL) AS is_open_above"),
    ("6_figures.sql", "coalesce(c.unit <> c.canonical_unit, FALSE)", "FALSE"),
    # Status
    ("7_status.sql", "WHEN is_acknowledged THEN 'acknowledged'", ""),
    ("7_status.sql", "bool_or(says = 'asserts' AND limits = 'total') AS asserts_in_full", "bool_or(says = 'asserts') AS asserts_in_full"),
    ("7_status.sql", "(asserts AND is_official AND NOT is_party) AS n_official", "(asserts AND is_official) AS n_official"),
    ("7_status.sql", "bool_and(coalesce(rests, FALSE)) FILTER", "bool_or(coalesce(rests, FALSE)) FILTER"),
    ("7_status.sql", "AND c.exhibit_id IS NOT NULL", ""),
    ("7_status.sql", "AND c.voice_id NOT IN (t.supplier, t.recipient) AND l.voice_id IS NULL", "AND l.voice_id IS NULL"),
    ("7_status.sql", "AND c.voice_id NOT IN (t.supplier, t.recipient) AND l.voice_id IS NULL", "AND c.voice_id NOT IN (t.supplier, t.recipient)"),
    ("7_status.sql", "says_not AND NOT is_party AND", "says_not AND"),
    ("7_status.sql", "bool_or(says = 'says_not' AND limits = 'total' AND denies_stage)", "bool_or(says = 'says_not' AND denies_stage)"),
    ("7_status.sql", "event_max IS NULL OR event_max >= h.day", "event_max >= h.day"),
    ("7_status.sql", "WHEN is_later_claimed THEN 'implied'", ""),
    ("7_status.sql", "voice_kind = 'outlet_only' AND NOT is_counted", "voice_kind = 'outlet_only'"),
    # History and expectations
    ("8_history.sql", "ORDER BY n.status_no DESC, n.transfer_id", "ORDER BY n.status_no, n.transfer_id"),
    ("8_history.sql", "p.stage = 'transferred' AND NOT p.is_wider", "NOT p.is_wider"),
    ("8_history.sql", "p.stage = 'transferred' AND NOT p.is_wider", "p.stage = 'transferred'"),
    ("9_expectations.sql", "AND a.said_min > e.said_max", ""),
    ("9_expectations.sql", "AND (e.event_max IS NULL OR coalesce(a.event_min, a.said_min) <= e.event_max)", ""),
    ("9_expectations.sql", "WHEN e.use_as = 'taken_back' THEN 'cancelled'", ""),
]
