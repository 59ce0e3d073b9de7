"""The derivation written a second time, from the wording of the rules alone, as plain Python over rows: the oracle of test_reference.py.

In: tables as lists of dicts (blank cells None) with the columns of the schemas, what single rows say (`said_min`, `low` ...) filled in.
Out: `derive` gives statements, transfers, systems and estimates, `history` gives transfer_history, without their rule_version.
Clarity before speed. The docstrings quote the rules O2 and R3, "ruling" what was settled about their wording.
"""

import copy
import datetime

STAGES = ["agreed", "shipped", "delivered"]
OFFICIALS = {"state_position", "official_capacity", "individual_official"}
EXHIBITED = {"physical_shown", "document_shown", "inspection_reported"}
NEITHER = {"legality_only", "characterisation"}
BASES = ["assessed", "demonstrated", "advertised", "not_stated"]
SIDES = ["supplier", "recipient"]


class Record:
    """All tables by key, and `rows`: the statements read. Origins and `known_from` are always those of the whole record."""

    def __init__(self, tables):
        self.statements, self.sources, self.actors, self.systems, self.transfers, self.aspects = (
            {row[key]: row for row in tables[name]}
            for name, key in [("statements", "statement_id"), ("sources", "source_id"), ("actors", "actor_id"), ("systems", "system_id"),
                              ("transfers", "transfer_id"), ("aspects", "aspect")])
        self.alignments = tables["alignments"]
        self.count_units = {row["unit"] for row in tables["units"] if row["is_count"]}
        self.members, self.wholes = {}, {}
        for row in tables["actor_members"]:
            self.members.setdefault(row["actor_id"], []).append(row["member_actor_id"])
        for row in tables["transfer_links"]:
            if row["kind"] == "part_of":
                self.wholes.setdefault(row["transfer_id"], []).append(row["linked_transfer_id"])
        self.origins = {name: origin(self, row) for name, row in self.statements.items()}
        self.known_from = {name: known_from(self, row) for name, row in self.statements.items()}
        self.read(self.statements.values())

    def read(self, rows):
        self.rows = list(rows)
        self.withdrawn = withdrawn(self.rows)
        self.counting = [row for row in self.rows if is_counting(self, row)]

    def on(self, day):
        """"History, withdrawal and re-derivation filter rows, not keys. """
        view = copy.copy(self)
        view.read(row for row in self.rows if self.known_from[row["statement_id"]] <= day)
        return view

    def stage(self, row):
        """The stage that the row's aspect supports, as a number; -1 for none."""
        stage = self.aspects[row["aspect"]]["stage"]
        return STAGES.index(stage) if stage else -1

    def key(self, row):
        return self.origins[row["statement_id"]][0]

    def own(self, transfer_id):
        return [row for row in self.rows if row["transfer_id"] == transfer_id]

    def stands(self, row):
        """Explicit, not a relay, not withdrawn."""
        return row["explicitness"] == "explicit" and not row["relays_statement_id"] and row["statement_id"] not in self.withdrawn


# ------------------------------------------------------------------------------------------------------------ which rows count


def is_counting(record, row):
    """"`assert`, `affirmed`, `explicit`, not a relay, not withdrawn ..., its `high` not 0 """
    return row["stance"] == "assert" and row["polarity"] == "affirmed" and record.stands(row) and row["high"] != 0


def withdrawn(rows):
    """"named by an explicit withdraw row that is neither a relay nor itself withdrawn": settled step by step, from those that nothing
    withdraws; in a circle nothing is withdrawn."""
    withdrawals = [row for row in rows if row["stance"] == "withdraw" and row["explicitness"] == "explicit" and not row["relays_statement_id"]]
    gone, before = set(), None
    in_force = set()
    while gone != before:
        before = gone
        for row in withdrawals:
            against = {other["statement_id"] for other in withdrawals if other["targets_statement_id"] == row["statement_id"]}
            if against <= gone:
                in_force.add(row["statement_id"])
        gone = {row["targets_statement_id"] for row in withdrawals if row["statement_id"] in in_force}
    return gone


def known_from(record, row):
    """"earliest of `published_max` of the row's source and of its not-consulted original, and of the `known_from` of every row
    relaying it". Ruling: the original is original_source_id or what the source copies."""
    source = record.sources[row["source_id"]]
    days = [source["published_max"]]
    for name in (row["original_source_id"], source["copy_of_source_id"]):
        if name and record.sources[name]["extent"] == "not_consulted":
            days.append(record.sources[name]["published_max"])
    days += [known_from(record, other) for other in record.statements.values() if other["relays_statement_id"] == row["statement_id"]]
    return min(days)


def latest(record, rows):
    """""latest" is by (`said_min`, `published_min`, `statement_id`), rows said `before_publication` only where no dated one stands"."""
    dated = [row for row in rows if row["said_basis"] != "before_publication"]

    def place(row):
        published = record.sources[row["source_id"]]["published_min"]
        return row["said_min"] or datetime.date.min, published or datetime.date.min, row["statement_id"]

    return max(dated or rows, key=place, default=None)


def limits(row):
    """"Blank `limits` read as `total`. """
    return row["limits"] or "total"


def wholes_of(record, transfer_id):
    """Every transfer that this one is part of, at any distance."""
    direct = record.wholes.get(transfer_id, [])
    return set(direct).union(*(wholes_of(record, whole) for whole in direct))


def counting_of_family(record, transfer_id):
    """"Counting rows of any `part_of` descendant count for support, origins and event dates of its ancestors. """
    return [row for row in record.counting if row["transfer_id"] and transfer_id in {row["transfer_id"]} | wholes_of(record, row["transfer_id"])]


# ----------------------------------------------------------------------------------------------------------------- O2: origins


def origin(record, row):
    """(key or None, whether possible). "(1) the key of what it certainly rests on, a statement's or the key an official of that
    actor would have, followed to the end"; "a relay has the key of the row it relays"; "resting that is only possible anywhere on
    the way is possible". A circle of relays and resting has no key."""
    possible, seen = False, set()
    while row["statement_id"] not in seen:
        seen.add(row["statement_id"])
        possible = possible or row["rests_on_certainty"] == "possible"
        certain = row["rests_on_certainty"] == "certain"
        if row["relays_statement_id"]:
            row = record.statements[row["relays_statement_id"]]
        elif certain and row["rests_on_statement_id"]:
            row = record.statements[row["rests_on_statement_id"]]
        elif certain and row["rests_on_actor_id"]:
            return actor_key(record, row["rests_on_actor_id"]), possible
        else:
            return own_key(record, row), possible
    return None, possible


def own_key(record, row):
    """(2) "where the chain is incomplete, none, whoever speaks"; (3) "the state an official speaks for", by the ruling the key of
    `speaks_for_id`, or where that is blank the speaker's `state`; (4) and (5) the key of the speaker."""
    if not row["chain_complete"]:
        return None
    key = None
    if row["authority"] in OFFICIALS:
        key = actor_key(record, row["speaks_for_id"]) if row["speaks_for_id"] else record.actors[row["speaker_id"]]["state"]
    return key or actor_key(record, row["speaker_id"])


def actor_key(record, actor_id):
    """Ruling: a state, or anything state_controlled, has its `state`; a person or anonymous group the key of its parent, or none;
    anything else is its own key."""
    if actor_id is None:
        return None
    actor = record.actors[actor_id]
    if actor["kind"] == "state" or actor["state_controlled"]:
        return actor["state"]
    return actor_key(record, actor["parent_actor_id"]) if actor["kind"] in ("person", "anonymous_group") else actor_id


def distinct(record, keys):
    """"joint bodies with a member whose key is counted add nothing; the others together add one """
    joint = {key for key in keys if key in record.actors and record.actors[key]["kind"] == "joint_body"}
    single = set(keys) - joint
    others = [body for body in joint if not single & {actor_key(record, member) for member in record.members[body]}]
    return len(single) + bool(others)


def firm(record, rows):
    """The rows left without "the pool and possibly resting rows"."""
    return [row for row in rows if record.key(row) is not None and not record.origins[row["statement_id"]][1]]


def n_origins(record, rows):
    """"`max` = distinct keys, the pool counting one; `min` leaves out the pool and possibly resting rows, at least 1"; "0 and 0
    without a row"."""
    if not rows:
        return 0, 0
    keys = {record.key(row) for row in rows}
    least = distinct(record, {record.key(row) for row in firm(record, rows)})
    return max(1, least), distinct(record, keys - {None}) + (None in keys)


# --------------------------------------------------------------------------------------------------------------- R3.1: support


def parties_of(record, row, transfer):
    """The sides in whose name a row is said: that of `speaks_for_id`, else of the speaker; "for parties a joint text is a row of
    each member"."""
    voice = row["speaks_for_id"] or row["speaker_id"]
    voices = {voice, *record.members.get(voice, []), *record.members.get(row["speaker_id"], [])}
    return [side for side in SIDES if transfer[f"{side}_actor_id"] in voices or transfer[side] in {record.actors[voice]["state"] for voice in voices}]


def ground(record, row):
    """The statement that a row certainly rests on, or None."""
    return record.statements[row["rests_on_statement_id"]] if row["rests_on_certainty"] == "certain" and row["rests_on_statement_id"] else None


def may_count_above_reported(record, row):
    """"if its `coded_from` is `original`, or its speaker is named, on record, and its chain complete, and every row it certainly
    rests on may """
    while row and (row["coded_from"] == "original" or row["anonymity"] == "named" and row["chain_complete"]):
        row = ground(record, row)
    return row is None


def is_possible(record, row):
    """Ruling: "also where a statement it certainly rests on (transitively) is certainty possible"."""
    while row and row["certainty"] != "possible":
        row = ground(record, row)
    return row is not None


def is_exhibit(record, row, transfer):
    """"a `manufacture_origin` row with evidence physical, document or inspection, by a key (not the pool) that is neither party —
    nor its speaker's state, whom it speaks for, or a joint member — and not listed as adversary of a party on its `said_min`".
    Ruling: no adversary are the key, the keys of speaker and spoken-for, and of joint members of any; undated stands against none."""
    key = record.key(row)
    if row["aspect"] != "manufacture_origin" or row["evidence"] not in EXHIBITED or key is None or not may_count_above_reported(record, row):
        return False
    voices = {row["speaker_id"], row["speaks_for_id"]} - {None}
    for body in {key} | voices:
        voices = voices | set(record.members.get(body, []))
    keys = {key} | {actor_key(record, voice) for voice in voices} - {None}
    actors = {transfer["supplier_actor_id"], transfer["recipient_actor_id"]} - {None}
    parties = {transfer["supplier"], transfer["recipient"]} | {actor_key(record, actor) for actor in actors} - {None}
    if (keys | voices | {record.actors[voice]["state"] for voice in voices}) & (parties | actors):
        return False
    day = row["said_min"]
    return not any(line["party"] in parties and line["adversary"] in keys and (day is None or line["from"] <= day and (line["to"] is None or day <= line["to"]))
                   for line in record.alignments)


def is_corroborated(record, rows):
    """"the stage's `n_origins_min`, taken without its floor of 1 on rows that may count above `reported` and are not `possible`, is
    >= 2, one of them named """
    rows = firm(record, [row for row in rows if may_count_above_reported(record, row) and not is_possible(record, row)])
    return distinct(record, {record.key(row) for row in rows}) >= 2 and any(is_named(record, row) for row in rows)


def is_named(record, row):
    """Ruling: one of them named, and so is every one it certainly rests on."""
    while row and row["anonymity"] == "named":
        row = ground(record, row)
    return row is None


def is_live_projection(record, row):
    return row["stance"] == "project" and row["polarity"] == "affirmed" and record.stands(row)


def support(record, transfer, stage):
    """"Support per stage ..., the highest that holds"; ruling: no admission is limited `legality_only` or `characterisation`."""
    family = counting_of_family(record, transfer["transfer_id"])
    rows = [row for row in family if record.stage(row) >= stage]
    if stage >= STAGES.index("shipped") and any(is_exhibit(record, row, transfer) for row in family):
        return "documented"
    admitted = {limits(row) for row in rows if row["authority"] == "state_position" and row["certainty"] != "possible"
                and may_count_above_reported(record, row) and parties_of(record, row, transfer)} - NEITHER
    if admitted:
        return "acknowledged" if "total" in admitted else "acknowledged_in_part"
    if rows:
        return "corroborated" if is_corroborated(record, rows) else "reported"
    planned = [row for row in record.own(transfer["transfer_id"]) if is_live_projection(record, row) and record.stage(row) >= stage]
    return "projected" if planned else "none"


# ------------------------------------------------------------------------------------------------------------- R3.2: positions


def said_by_party(record, transfer, side):
    """"explicit `state_position` rows of that party, neither relays nor withdrawn, on stage aspects """
    return [row for row in record.own(transfer["transfer_id"]) if record.stands(row) and row["authority"] == "state_position"
            and record.stage(row) >= 0 and side in parties_of(record, row, transfer)]


def is_admission(row):
    return row["stance"] == "assert" and row["polarity"] == "affirmed" and row["certainty"] != "possible" and limits(row) not in NEITHER


def is_denial(row):
    return row["stance"] == "deny" and row["polarity"] == "affirmed" and limits(row) not in NEITHER


def is_told(record, row):
    """Ruling on the gate of class denials: rows "explicit and neither withdrawn nor (transitively) relays of a withdrawn row"."""
    if row["explicitness"] != "explicit" or row["stance"] == "withdraw":
        return False
    while row and row["statement_id"] not in record.withdrawn:
        row = record.statements.get(row["relays_statement_id"])
    return row is None


def class_denials(record, transfer, side):
    """"The latest of a class's denials other than `system_limited` ... is read as a row of each transfer beneath it (same parties, a
    system below by `parent_system_id`, any mode; by the ruling, the same mode) whose own rows' earliest `known_from` is on or before that denial's `said_min`"."""
    public = min((record.known_from[row["statement_id"]] for row in record.own(transfer["transfer_id"]) if is_told(record, row)), default=None)
    found, above = [], record.systems[transfer["system_id"]]["parent_system_id"]
    while above:
        generic = [other for other in record.transfers.values() if other["system_id"] == above and all(other[name] == transfer[name] for name in (*SIDES, "mode"))]
        rows = [row for other in generic for row in said_by_party(record, other, side) if is_denial(row) and limits(row) != "system_limited"]
        denial = latest(record, rows)
        if record.systems[above]["kind"] == "class" and denial and denial["said_min"] and public and public <= denial["said_min"]:
            found += same_day(rows, denial)  # ruling: with its speaker's other accounts of the day, in the same mode only
        above = record.systems[above]["parent_system_id"]
    return found


def same_day(rows, last):
    """The row, and what its speaker said on the same day."""
    return [row for row in rows if row is last or row["speaker_id"] == last["speaker_id"] and row["said_min"] and row["said_min"] == last["said_min"]]


def position(record, transfer, side):
    """"The latest admission or denial holds; `decline` only where nothing else stands. """
    rows = said_by_party(record, transfer, side)
    words = [row for row in rows if is_admission(row) or is_denial(row)] + class_denials(record, transfer, side)
    if not words:
        return "declined" if any(row["stance"] == "decline" for row in rows) else "none"
    last = latest(record, words)
    # "Where the latest row's speaker has the opposite on the same day, `acknowledged_in_part`."
    word = same_day(words, last)
    if any(is_denial(row) != is_denial(last) for row in word):
        return "acknowledged_in_part"
    total = all(limits(row) == "total" for row in word)  # ruling: of two accounts of one day the one that keeps the limit is the fuller
    # "An admission below `delivered` or with any limit but `total` is in part; so is a denial with any limit but `total`."
    if is_denial(last):
        return "denied" if total else "denied_in_part"
    return "acknowledged" if record.stage(last) == 2 and total else "acknowledged_in_part"


# ------------------------------------------------------------------------------------------------------------- R3.3: estimates


def estimates(record):
    """"per subject, measure, basis, unit, from rows with at least one bound, not pooled, of scope `total_to_date`, `batch` or `window`
    (blank for specifications)"; rows of `estimates` by ID."""
    groups = {}
    for row in record.counting:
        aspect = record.aspects[row["aspect"]]
        if aspect["is_specification"] and row["system_id"] and record.systems[row["system_id"]]["kind"] == "class":
            continue  # ruling: a specification said of a generic class bounds nothing
        scopes = [None] if aspect["is_specification"] else ["total_to_date", "batch", "window"]
        if aspect["measure"] and not row["pooled"] and row["scope"] in scopes and (row["low"], row["high"]) != (None, None):
            groups.setdefault((row["transfer_id"], row["system_id"], aspect["measure"], row["basis"], row["canonical_unit"]), []).append(row)
    named = [dict(zip(("transfer_id", "system_id", "measure", "basis", "unit"), group)) | estimate(record, rows, group[-1]) for group, rows in groups.items()]
    return {row["estimate_id"]: row for line in named
            for row in [{"estimate_id": ".".join(part for part in list(line.values())[:5] if part)} | line]}


def value_of_key(record, rows):
    """"its latest total; a total that certainly rests only where the key has none of its own; batches and windows of both give their
    lower bound only: those said after the total raise its low, and open its upper side and drop its point """
    parts = [row for row in rows if row["scope"] in ("batch", "window")]
    totals = [row for row in rows if row not in parts]
    total = latest(record, [row for row in totals if row["rests_on_certainty"] != "certain"] or totals)
    if total is None:
        used = [row for row in parts if row["low"] is not None]
        return {"total": None, "low": max((row["low"] for row in used), default=None), "point": None, "high": None, "used": used}
    after = [row for row in parts if row["said_min"] and total["said_min"] and row["said_min"] > total["said_min"]]
    low = max((row["low"] for row in [total, *after] if row["low"] is not None), default=None)
    return {"total": total, "low": low, "point": None if after else total["point"], "high": None if after else total["high"], "used": [total, *after]}


def estimate(record, rows, unit):
    """The derived cells of one row of `estimates`; "one value per key, the pool one, marked, each joint body one"."""
    keys = {record.key(row) for row in rows}
    values = [value_of_key(record, [row for row in rows if record.key(row) == key]) for key in keys]
    used = [row for value in values for row in value["used"]]
    # "`low` = smallest over keys whose total states a lower bound; where none does, the largest lower bound of any batch or window."
    stated = [value["low"] for value in values if value["total"] and value["total"]["low"] is not None]
    parts = [row for row in rows if row["scope"] in ("batch", "window") and row["low"] is not None]
    low = min(stated) if stated else max((row["low"] for row in parts), default=None)
    used += [] if stated else parts
    # "For counts, an upper bound or point said more than 180 days before the latest row used is history: it leaves the side open,
    # enters neither `high` nor `conflict` nor `n_points`, and blanks `best`."
    said = [row["said_min"] for row in used if row["said_min"]]
    historic = False
    for value in values:
        day = value["total"] and value["total"]["said_min"]
        if unit in record.count_units and day and (max(said) - day).days > 180:
            historic = historic or value["high"] is not None or value["point"] is not None
            value["high"] = value["point"] = None
    lows = [value["low"] for value in values if value["low"] is not None] + [bound for bound in [low] if bound is not None]
    highs = [value["high"] for value in values if value["high"] is not None]
    points = sorted(value["point"] for value in values if value["point"] is not None)
    least, most = n_origins(record, rows)
    return {
        "low": low,
        "low_open": any(value["low"] is None for value in values),
        "best": points[(len(points) - 1) // 2] if points and not historic else None,  # "lower median of stated points"
        "high": max(highs, default=None),  # "largest upper bound"
        "high_open": len(highs) < len(values),
        "conflict": bool(lows and highs and max(lows) > min(highs)),  # "where the largest lower exceeds the smallest upper"
        "n_points": len(points),
        "n_origins_min": least,
        "n_origins_max": most,
        "has_pool": None in keys,
        "oldest_said": min(said, default=None),
        "latest_said": max(said, default=None),
    }


def delivered(found, transfer_id):
    """"`delivered_unit`: the largest `n_origins_max` among its rows with a bound, ties by name """
    rows = [row for row in found.values() if row["transfer_id"] == transfer_id and row["measure"] == "delivered" and (row["low"], row["high"]) != (None, None)]
    best = min(rows, key=lambda row: (-row["n_origins_max"], row["unit"]), default={})
    return {f"delivered_{name}": best.get(name) for name in ("low", "best", "high", "unit")}


def ranges(found, system_id):
    """"the basis with most origins, ties assessed, demonstrated, advertised, not_stated """
    rows = [row for row in found.values() if row["system_id"] == system_id and row["measure"] == "range" and row["unit"] == "km"]
    best = min(rows, key=lambda row: (-row["n_origins_max"], BASES.index(row["basis"])), default={})
    return {"range_km_min_stated": best.get("low"), "range_km_max_stated": best.get("high"), "range_basis": best.get("basis"),
            "range_n_origins": best.get("n_origins_max", 0)}


# ------------------------------------------------------------------------------------------------- R3.4 and R3.5, and the tables


def resolution(record, row):
    """"of affirmed explicit projections on stage aspects that are not relays, the first that holds """
    if row["stance"] != "project" or row["polarity"] != "affirmed" or row["explicitness"] != "explicit" or row["relays_statement_id"] or record.stage(row) < 0:
        return None
    if row["statement_id"] in record.withdrawn:
        return "cancelled"
    # "a counting row of the same subject, same or later stage, whose `event_min` >= the projection's `said_min` and, where it has an
    # `event_max`, whose `event_max` <= it"
    for other in record.counting:
        if other["transfer_id"] == row["transfer_id"] and record.stage(other) >= record.stage(row):
            if other["event_min"] and row["said_min"] and other["event_min"] >= row["said_min"]:
                if row["event_max"] is None or other["event_max"] and other["event_max"] <= row["event_max"]:
                    return "fulfilled"
    newest = max(source["published_max"] for source in record.sources.values())
    return "lapsed" if row["event_max"] and row["event_max"] < newest else "open"


def state(record, transfer, found):
    """The columns of a transfer that its history follows: "support, positions, numbers, counts per stage"."""
    out = {f"support_{name}": support(record, transfer, stage) for stage, name in enumerate(STAGES)}
    out |= {f"{side}_position": position(record, transfer, side) for side in SIDES} | delivered(found, transfer["transfer_id"])
    for stage, name in enumerate(STAGES):
        # "from the rows support reads at that stage, exhibits left out"
        rows = [row for row in counting_of_family(record, transfer["transfer_id"]) if record.stage(row) >= stage]
        out[f"{name}_n_origins_min"], out[f"{name}_n_origins_max"] = n_origins(record, rows)
    return out


def tallies(record, transfer_id):
    """The other derived columns of a transfer; ruling: presupposed rows are tallied."""
    rows, family = record.own(transfer_id), counting_of_family(record, transfer_id)
    days, sources = [record.known_from[row["statement_id"]] for row in rows], {row["source_id"] for row in rows}
    return {
        "family_id": min((whole for whole in wholes_of(record, transfer_id) if whole not in record.wholes), default=transfer_id),
        "first_public_on": min(days, default=None),
        "last_public_on": max(days, default=None),
        "event_min": min((row["event_min"] or row["event_max"] for row in family if row["event_min"] or row["event_max"]), default=None),
        "event_max": max((row["event_max"] or row["event_min"] for row in family if row["event_min"] or row["event_max"]), default=None),
        "n_statements": len(rows),
        "n_sources": len(sources),
        "n_publishers": len({record.sources[source]["publisher_id"] for source in sources}),
    }


def derive(record):
    """Every derived cell of four tables, as {table: {key: {column: cell}}}."""
    found = estimates(record)
    return {
        "statements": {row["statement_id"]: {
            "known_from": record.known_from[row["statement_id"]], "origin_id": record.key(row), "origin_is_possible": record.origins[row["statement_id"]][1],
            "is_counting": is_counting(record, row), "resolution": resolution(record, row)} for row in record.rows},
        "transfers": {key: state(record, row, found) | tallies(record, key) for key, row in record.transfers.items()},
        "systems": {key: ranges(found, key) for key in record.systems},
        "estimates": found,
    }


def history(record):
    """"over half-open intervals; adjacent equal states merge; empty `known_to` = still so"; {(transfer, known_from): row}, from the first
    day on which a row on the transfer is known or any column says something."""
    views = {day: record.on(day) for day in sorted({record.known_from[row["statement_id"]] for row in record.rows})}
    found, never, out = {day: estimates(view) for day, view in views.items()}, record.on(datetime.date.min), {}
    for transfer_id, transfer in record.transfers.items():
        last, before = None, state(never, transfer, {})
        for day, view in views.items():
            now = state(view, transfer, found[day])
            if now != before or last is None and view.own(transfer_id):
                if last:
                    last["known_to"] = day
                last = out[transfer_id, day] = {"transfer_id": transfer_id, "known_from": day, "known_to": None} | now
            before = now
    return out
