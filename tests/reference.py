"""The derivation written a second time, from the wording of the rules alone, as plain Python over rows: the oracle of test_reference.py.

In: tables as lists of dicts (blank cells None) with the columns of the schemas, what single rows say (`said_min`, `low` ...) filled in.
Out: `derive` gives statements, transfers, systems and estimates, `history` gives transfer_history, without their rule_version.
Clarity before speed. The docstrings quote the rules O2 and R4; "reading" is how this module takes words that allow two.
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
            for name, key in [
                ("statements", "statement_id"),
                ("sources", "source_id"),
                ("actors", "actor_id"),
                ("systems", "system_id"),
                ("transfers", "transfer_id"),
                ("aspects", "aspect"),
            ]
        )
        self.alignments = tables["alignments"]
        self.count_units = {row["unit"] for row in tables["units"] if row["is_count"]}
        self.members, self.wholes = {}, {}
        for row in tables["actor_members"]:
            self.members.setdefault(row["actor_id"], []).append(row["member_actor_id"])
        for row in tables["transfer_links"]:
            if row["kind"] == "part_of":
                self.wholes.setdefault(row["transfer_id"], []).append(row["linked_transfer_id"])
        self.narrower = {name: narrower(self, row) for name, row in self.transfers.items()}
        self.families = {name: family(self, name) for name in self.transfers}
        self.origins = {name: origin(self, row) for name, row in self.statements.items()}
        self.known_from = {name: known_from(self, row) for name, row in self.statements.items()}
        self.read(self.statements.values())

    def read(self, rows):
        self.rows = list(rows)
        self.withdrawn = withdrawn(self.rows)
        self.counting = [row for row in self.rows if is_counting(self, row)]
        self.rows_of, self.counting_of = by_transfer(self.rows), by_transfer(self.counting)

    def on(self, day):
        """ "History, withdrawal and re-derivation leave out rows and never change keys"."""
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
        return self.rows_of.get(transfer_id, [])

    def stands(self, row):
        """Explicit, not a relay, not withdrawn."""
        return (
            row["explicitness"] == "explicit"
            and not row["relays_statement_id"]
            and row["statement_id"] not in self.withdrawn
        )


# ------------------------------------------------------------------------------------------------------------ which rows count


def by_transfer(rows):
    """The rows of each transfer."""
    groups = {}
    for row in rows:
        groups.setdefault(row["transfer_id"], []).append(row)
    return groups


def is_counting(record, row):
    """ "asserted, affirmed, explicit, not a relay, not withdrawn, and its high is not zero"."""
    return (
        row["stance"] == "assert"
        and row["polarity"] == "affirmed"
        and record.stands(row)
        and row["high"] != 0
    )


def withdrawn(rows):
    """ "named by an explicit `withdraw` row that is neither a relay nor itself withdrawn": settled step by step, from those that nothing
    withdraws; in a circle nothing is withdrawn."""
    withdrawals = [
        row
        for row in rows
        if row["stance"] == "withdraw"
        and row["explicitness"] == "explicit"
        and not row["relays_statement_id"]
    ]
    gone, before = set(), None
    in_force = set()
    while gone != before:
        before = gone
        for row in withdrawals:
            against = {
                other["statement_id"]
                for other in withdrawals
                if other["targets_statement_id"] == row["statement_id"]
            }
            if against <= gone:
                in_force.add(row["statement_id"])
        gone = {row["targets_statement_id"] for row in withdrawals if row["statement_id"] in in_force}
    return gone


def known_from(record, row):
    """ "the earliest of: the day the row's source was public; the day of the document it retells, or its source copies, if that was not
    consulted; and the `known_from` of every row that relays it"."""
    source = record.sources[row["source_id"]]
    days = [source["published_max"]]
    for name in (row["original_source_id"], source["copy_of_source_id"]):
        if name and record.sources[name]["extent"] == "not_consulted":
            days.append(record.sources[name]["published_max"])
    days += [
        known_from(record, other)
        for other in record.statements.values()
        if other["relays_statement_id"] == row["statement_id"]
    ]
    return min(days)


def latest(record, rows):
    """ "Latest" is by earliest day said, then earliest day published, then `statement_id`; rows said `before_publication` are read only
    where no other stands."""
    dated = [row for row in rows if row["said_basis"] != "before_publication"]

    def place(row):
        published = record.sources[row["source_id"]]["published_min"]
        return row["said_min"] or datetime.date.min, published or datetime.date.min, row["statement_id"]

    return max(dated or rows, key=place, default=None)


def limits(row):
    """ "Blank `limits` read as `total`"."""
    return row["limits"] or "total"


def wholes_of(record, transfer_id):
    """Every transfer that this one is part of, at any distance."""
    direct = record.wholes.get(transfer_id, [])
    return set(direct).union(*(wholes_of(record, whole) for whole in direct))


def above(record, system_id):
    """The systems above one by `parent_system_id`, the nearest first."""
    found, parent = [], record.systems[system_id]["parent_system_id"]
    while parent:
        found.append(parent)
        parent = record.systems[parent]["parent_system_id"]
    return found


def same_deal(one, other):
    """ "between the same two states, in the same mode"; reading: by the codes written, `unknown` being one."""
    return all(one[name] == other[name] for name in (*SIDES, "mode"))


def narrower(record, transfer):
    """A transfer's "parts (`part_of`), the transfers *beneath* it (between the same two states, in the same mode, of a system below its
    own by `parent_system_id`, at any depth; a part goes up by way of its whole only, and nothing beneath goes into a part)"."""
    parts = {name for name, wholes in record.wholes.items() if transfer["transfer_id"] in wholes}
    return parts | {
        name
        for name, other in record.transfers.items()
        if name not in record.wholes
        and transfer["transfer_id"] not in record.wholes
        and same_deal(transfer, other)
        and transfer["system_id"] in above(record, other["system_id"])
    }


def family(record, transfer_id):
    """ "the transfer, its parts, the transfers beneath it, and the families of all these"."""
    found, more = set(), {transfer_id}
    while more:
        found |= more
        more = set().union(*(record.narrower[name] for name in more)) - found
    return found


def counting_of_family(record, transfer_id):
    """ "Counting rows ... of the family count for support, origins and event dates of the transfer"."""
    return [row for name in record.families[transfer_id] for row in record.counting_of.get(name, [])]


def days(rows):
    """ "the earliest and latest days that ... rows name, whatever their aspect; a row open at one side names its other"."""
    first = min(
        (row["event_min"] or row["event_max"] for row in rows if row["event_min"] or row["event_max"]),
        default=None,
    )
    last = max(
        (row["event_max"] or row["event_min"] for row in rows if row["event_min"] or row["event_max"]),
        default=None,
    )
    return first, last


# ----------------------------------------------------------------------------------------------------------------- O2: origins


def origin(record, row):
    """(key or None, whether possible). "1. of a relay, the key of the row it relays; 2. of a row that certainly rests on something, the
    key of that statement or actor, followed to its end, even where that is none"; "the mark is carried along: what certainly rests on
    such a row, or relays it, is marked too"; "a circle of relays and restings has no key"."""
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
    """ "3. where the chain is incomplete, none, whoever speaks; 4. of an official ..., the key of whom the row speaks for; where that cell
    is blank, the speaker's own state; 5. the key of the speaker"."""
    if not row["chain_complete"]:
        return None
    key = None
    if row["authority"] in OFFICIALS:
        key = (
            actor_key(record, row["speaks_for_id"])
            if row["speaks_for_id"]
            else record.actors[row["speaker_id"]]["state"]
        )
    return key or actor_key(record, row["speaker_id"])


def actor_key(record, actor_id):
    """ "its state's code for a state and for anything `state_controlled`; for a person or an anonymous group the key of its
    `parent_actor_id`, none without one; for anything else ... the actor itself"."""
    if actor_id is None:
        return None
    actor = record.actors[actor_id]
    if actor["kind"] == "state" or actor["state_controlled"]:
        return actor["state"]
    return (
        actor_key(record, actor["parent_actor_id"])
        if actor["kind"] in ("person", "anonymous_group")
        else actor_id
    )


def distinct(record, keys):
    """ "a joint body with a member whose key is counted adds nothing; the other joint bodies together add one"."""
    joint = {key for key in keys if key in record.actors and record.actors[key]["kind"] == "joint_body"}
    single = set(keys) - joint
    others = [
        body for body in joint if not single & {actor_key(record, member) for member in record.members[body]}
    ]
    return len(single) + bool(others)


def firm(record, rows):
    """The rows left without "the pool and the marked rows"."""
    return [row for row in rows if record.key(row) is not None and not record.origins[row["statement_id"]][1]]


def n_origins(record, rows):
    """ "`n_origins_max` counts distinct keys, the pool as one. `n_origins_min` leaves out the pool and the marked rows, and is at least 1
    where there is a row. Without a row both are 0"."""
    if not rows:
        return 0, 0
    keys = {record.key(row) for row in rows}
    least = distinct(record, {record.key(row) for row in firm(record, rows)})
    return max(1, least), distinct(record, keys - {None}) + (None in keys)


# --------------------------------------------------------------------------------------------------------------- R4.1: support


def parties_of(record, row, transfer):
    """The sides in whose name a row is said: "the one spoken for (the speaker, where that is blank), or a member of a joint speaker or
    joint one spoken for, has the state of supplier or recipient, or is the actor named beside it"."""
    voice = row["speaks_for_id"] or row["speaker_id"]
    voices = {voice, *record.members.get(voice, []), *record.members.get(row["speaker_id"], [])}
    return [
        side
        for side in SIDES
        if transfer[f"{side}_actor_id"] in voices
        or transfer[side] in {record.actors[voice]["state"] for voice in voices}
    ]


def ground(record, row):
    """The statement that a row certainly rests on, or None."""
    return (
        record.statements[row["rests_on_statement_id"]]
        if row["rests_on_certainty"] == "certain" and row["rests_on_statement_id"]
        else None
    )


def may_count_above_reported(record, row):
    """ "if it is coded from the original, or its speaker is named and its chain complete; and the same holds of every row it certainly
    rests on"."""
    while row and (row["coded_from"] == "original" or row["anonymity"] == "named" and row["chain_complete"]):
        row = ground(record, row)
    return row is None


def is_possible(record, row):
    """Whether a row fails what is asked of those "that neither are `possible` nor certainly rest on one that is"."""
    while row and row["certainty"] != "possible":
        row = ground(record, row)
    return row is not None


def is_exhibit(record, row, transfer):
    """ "a counting `manufacture_origin` row with evidence physical, document or inspection, whatever its certainty, with a key, behind
    which stands neither a party nor a listed adversary": behind it "its key, its speaker, the one spoken for, and the members of any of
    these that is a joint body"; "an undated exhibit never stands against any listing"."""
    key = record.key(row)
    if (
        row["aspect"] != "manufacture_origin"
        or row["evidence"] not in EXHIBITED
        or key is None
        or not may_count_above_reported(record, row)
    ):
        return False
    voices = {row["speaker_id"], row["speaks_for_id"]} - {None}
    for body in {key} | voices:
        voices = voices | set(record.members.get(body, []))
    keys = {key} | {actor_key(record, voice) for voice in voices} - {None}
    actors = {transfer["supplier_actor_id"], transfer["recipient_actor_id"]} - {None}
    parties = {transfer["supplier"], transfer["recipient"]} | {
        actor_key(record, actor) for actor in actors
    } - {None}
    if (keys | voices | {record.actors[voice]["state"] for voice in voices}) & (parties | actors):
        return False
    day = row["said_min"]
    return not any(
        line["party"] in parties
        and line["adversary"] in keys
        and (day is None or line["from"] <= day and (line["to"] is None or day <= line["to"]))
        for line in record.alignments
    )


def is_corroborated(record, rows):
    """ "at least two origins, counted as for `n_origins_min` but without its floor of 1, on rows that may count above `reported` and that
    neither are `possible` nor certainly rest on one that is; one of these rows, with an unmarked key, is named"."""
    rows = firm(
        record,
        [row for row in rows if may_count_above_reported(record, row) and not is_possible(record, row)],
    )
    return distinct(record, {record.key(row) for row in rows}) >= 2 and any(
        is_named(record, row) for row in rows
    )


def is_named(record, row):
    """ "is named, and so is every row it certainly rests on"."""
    while row and row["anonymity"] == "named":
        row = ground(record, row)
    return row is None


def is_live_projection(record, row):
    """ "an affirmed explicit `project` row, neither relay nor withdrawn"."""
    return row["stance"] == "project" and row["polarity"] == "affirmed" and record.stands(row)


def support(record, transfer, stage):
    """ "For each stage ... the highest level that holds. A row for a later stage counts for earlier ones"; "counting rows and projections
    of the family count ..., judged by its own parties"; `legality_only` and `characterisation` "admit nothing"."""
    kin = counting_of_family(record, transfer["transfer_id"])
    rows = [row for row in kin if record.stage(row) >= stage]
    if stage >= STAGES.index("shipped") and any(is_exhibit(record, row, transfer) for row in kin):
        return "documented"
    admitted = {
        limits(row)
        for row in rows
        if row["authority"] == "state_position"
        and row["certainty"] != "possible"
        and may_count_above_reported(record, row)
        and parties_of(record, row, transfer)
    } - NEITHER
    if admitted:
        return "acknowledged" if "total" in admitted else "acknowledged_in_part"
    if is_corroborated(record, rows):
        return "corroborated"
    if rows:  # "`reported`: any counting row that neither is `possible` nor certainly rests on one that is. `held_possible`: any other"
        return "held_possible" if all(is_possible(record, row) for row in rows) else "reported"
    planned = [
        row
        for name in record.families[transfer["transfer_id"]]
        for row in record.own(name)
        if is_live_projection(record, row) and record.stage(row) >= stage
    ]
    return "projected" if planned else "none"


# ------------------------------------------------------------------------------------------------------------- R4.2: positions


def said_by_party(record, transfer, side):
    """ "that party's explicit `state_position` rows on stage aspects, neither relays nor withdrawn"."""
    return [
        row
        for row in record.own(transfer["transfer_id"])
        if record.stands(row)
        and row["authority"] == "state_position"
        and record.stage(row) >= 0
        and side in parties_of(record, row, transfer)
    ]


def is_admission(row):
    """ "an affirmed assertion, certainty not `possible`"; "a row limited `legality_only` or `characterisation` is neither"."""
    return (
        row["stance"] == "assert"
        and row["polarity"] == "affirmed"
        and row["certainty"] != "possible"
        and limits(row) not in NEITHER
    )


def is_denial(row):
    """ "an affirmed `deny`", not so limited."""
    return row["stance"] == "deny" and row["polarity"] == "affirmed" and limits(row) not in NEITHER


def is_told(record, row):
    """ "explicit rows, withdrawals left out, that are neither withdrawn nor, at any remove, relays of a withdrawn row"."""
    if row["explicitness"] != "explicit" or row["stance"] == "withdraw":
        return False
    while row and row["statement_id"] not in record.withdrawn:
        row = record.statements.get(row["relays_statement_id"])
    return row is None


def said_of_system(record, transfer, side, system_id):
    """What the party said "in transfers of just that" system "between the same two states in the same mode"; reading: a row is the party's
    by the parties of the transfer it is said of."""
    return [
        row
        for other in record.transfers.values()
        if other["system_id"] == system_id and same_deal(transfer, other)
        for row in said_by_party(record, other, side)
    ]


def admissions_beneath(record, transfer, side):
    """ "What a party admits of another transfer of the family it admits of this one, in part": copies that are limited."""
    return [
        row | {"limits": "system_limited"}
        for name in record.families[transfer["transfer_id"]] - {transfer["transfer_id"]}
        for row in said_by_party(record, record.transfers[name], side)
        if is_admission(row)
    ]


def reaches(record, denial, transfer):
    """ "The transfer was public when it was said"; "It names no day of an event; or a claim lies within its days; or there is no claim. Claims
    are the family's counting rows for the stage denied or a later one, else for any stage; a claim without a last day lies before the end of the day it was said,
    one without a first day may be as old as it likes"."""
    public = [
        record.known_from[row["statement_id"]]
        for name in record.families[transfer["transfer_id"]]
        for row in record.own(name)
        if is_told(record, row)
    ]
    if not public or min(public) > denial["said_min"]:
        return False
    staged = [row for row in counting_of_family(record, transfer["transfer_id"]) if record.stage(row) >= 0]
    claims = [row for row in staged if record.stage(row) >= record.stage(denial)] or staged
    if not claims or denial["event_min"] is None and denial["event_max"] is None:
        return True
    for claim in claims:
        end = claim["event_max"] or claim["said_max"]
        too_late = claim["event_min"] and denial["event_max"] and claim["event_min"] > denial["event_max"]
        too_early = end and denial["event_min"] and end < denial["event_min"]
        if not too_late and not too_early:
            return True
    return False


def class_denials(record, transfer, side):
    """ "Of every generic class above the transfer's system (never a family), the party's latest denial that reaches the transfer is read as
    a row of this transfer. Looked for are dated denials ..., `system_limited` ones left out. A denial reaches the transfer if the same holds
    of it and of the others there of its speaker on that day". Here in the shape they have for this transfer."""
    found, systems = [], above(record, transfer["system_id"])
    for place, system_id in enumerate(systems):
        if record.systems[system_id]["kind"] == "class":
            rows = [
                row
                for row in said_of_system(record, transfer, side, system_id)
                if is_denial(row) and limits(row) != "system_limited" and row["said_min"]
            ]
            good = [
                row for row in rows if all(reaches(record, other, transfer) for other in same_day(rows, row))
            ]
            denials = same_day(good, latest(record, good)) if good else []
            found += [as_admitted(record, row, transfer, side, systems[: place + 1]) for row in denials]
    return found


def as_admitted(record, denial, transfer, side, systems):
    """ "A denial read in this way is one in part where its party, on the day it was said or later, admitted that class, or a system between
    it and the transfer's, in a dated row": then a copy that is limited."""
    overtaken = any(
        is_admission(row) and row["said_min"] and row["said_min"] >= denial["said_min"]
        for name in systems
        for row in said_of_system(record, transfer, side, name)
    )
    return denial | {"limits": "system_limited"} if overtaken else denial


def same_day(rows, last):
    """The row, and what its speaker said on the same day."""
    return [
        row
        for row in rows
        if row is last
        or row["speaker_id"] == last["speaker_id"]
        and row["said_min"]
        and row["said_min"] == last["said_min"]
    ]


def position(record, transfer, side):
    """ "The latest admission or denial holds. `declined` stands only where there is neither"."""
    rows = said_by_party(record, transfer, side)
    words = (
        [row for row in rows if is_admission(row) or is_denial(row)]
        + admissions_beneath(record, transfer, side)
        + class_denials(record, transfer, side)
    )
    if not words:
        return "declined" if any(row["stance"] == "decline" for row in rows) else "none"
    last = latest(record, words)
    # "Where the speaker of the latest row also has the opposite on the same day, the position is `acknowledged_in_part`;
    # where one of its accounts of that day is limited, it is in part."
    word = same_day(words, last)
    if any(is_denial(row) != is_denial(last) for row in word):
        return "acknowledged_in_part"
    total = all(limits(row) == "total" for row in word)
    # "`acknowledged` needs a delivery and limits `total` ... A denial is `denied` with limits `total`, else `denied_in_part`."
    # Reading: a delivery is any row of the stage `delivered`, so also a licence or technology given.
    if is_denial(last):
        return "denied" if total else "denied_in_part"
    return "acknowledged" if record.stage(last) == 2 and total else "acknowledged_in_part"


# ------------------------------------------------------------------------------------------------------------- R4.3: estimates


def is_bounded(row):
    return row["low"] is not None or row["high"] is not None


def is_part(row):
    return row["scope"] in ("batch", "window")


def is_estimated(record, row):
    """ "counting rows with a bound or a point, not pooled, of scope `total_to_date`, `batch` or `window` (blank for specifications)"; "a
    specification said of a generic class bounds nothing"."""
    aspect = record.aspects[row["aspect"]]
    if (
        aspect["is_specification"]
        and row["system_id"]
        and record.systems[row["system_id"]]["kind"] == "class"
    ):
        return False
    scopes = [None] if aspect["is_specification"] else ["total_to_date", "batch", "window"]
    return (
        aspect["measure"]
        and not row["pooled"]
        and row["scope"] in scopes
        and (is_bounded(row) or row["point"] is not None)
    )


def estimates(record):
    """ "Per subject, measure, basis and unit, from its own counting rows ... Where there are only batches and windows and none has a lower
    bound, there is no estimate"; rows of `estimates` by ID."""
    groups, last = {}, {}
    for row in record.counting:
        measure = record.aspects[row["aspect"]]["measure"]
        matter = row["transfer_id"], row["system_id"], measure
        # the latest day on which "any counting row of the subject or its family and of that measure was said"
        wider = (
            [name for name, members in record.families.items() if row["transfer_id"] in members]
            if row["transfer_id"]
            else [None]
        )
        for place in [(name, row["system_id"], measure) for name in wider] if row["said_min"] else []:
            last[place] = max(row["said_min"], last.get(place, row["said_min"]))
        if is_estimated(record, row):
            groups.setdefault((*matter, row["basis"], row["canonical_unit"]), []).append(row)
    out = {}
    for group, rows in groups.items():
        if not all(is_part(row) and row["low"] is None for row in rows):
            names = dict(zip(("transfer_id", "system_id", "measure", "basis", "unit"), group))
            name = ".".join(part for part in group if part)
            out[name] = (
                {"estimate_id": name} | names | estimate(record, rows, names["unit"], last.get(group[:3]))
            )
    return out


def total_of_key(record, rows):
    """ "the key's latest total; of a specification the latest that has a bound, where one has. A total that certainly rests on another's
    word is used only where the key has none of its own"; reading: none of its own at all, with a bound or without."""
    totals = [row for row in rows if not is_part(row)]
    totals = [row for row in totals if row["rests_on_certainty"] != "certain"] or totals
    bounded = [row for row in totals if record.aspects[row["aspect"]]["is_specification"] and is_bounded(row)]
    return latest(record, bounded or totals)


def value_of_key(record, rows):
    """ "Batches and windows give their lower bound only. One said after the total raises its low where it is larger (it is never added),
    opens its upper side and drops its point, whether or not it raises anything. A key with batches and windows only has the largest of
    their lower bounds, and an open upper side"."""
    parts, total = [row for row in rows if is_part(row)], total_of_key(record, rows)
    if total is None:
        used = [row for row in parts if row["low"] is not None]
        return {
            "total": None,
            "low": max((row["low"] for row in used), default=None),
            "point": None,
            "high": None,
            "used": used,
        }
    after = [
        row for row in parts if row["said_min"] and total["said_min"] and row["said_min"] > total["said_min"]
    ]
    low = max((row["low"] for row in [total, *after] if row["low"] is not None), default=None)
    return {
        "total": total,
        "low": low,
        "point": None if after else total["point"],
        "high": None if after else total["high"],
        "used": [total, *after],
    }


def is_history(value, last):
    """ "a value whose total has no earliest day said, or one more than 180 days before the latest day"."""
    day = value["total"] and value["total"]["said_min"]
    return bool(value["total"]) and (day is None or (last - day).days > 180)


def estimate(record, rows, unit, last):
    """The derived cells of one row of `estimates`; "one value per key, the pool being one, each joint body one". `last` is the latest day
    on which any counting row of the subject and measure was said."""
    keys = {record.key(row) for row in rows}
    values = [value_of_key(record, [row for row in rows if record.key(row) == key]) for key in keys]
    used = [row for value in values for row in value["used"]]
    # "`low` is the smallest low over keys whose total states one; where none does, the largest lower bound of any batch or window."
    # "A value with a point and no bound stands with its point in `low` and `high`; it leaves both sides open and takes no part in `conflict`."
    alone = [
        value
        for value in values
        if value["total"] and value["low"] is None and value["high"] is None and value["point"] is not None
    ]
    stated = [value["low"] for value in values if value["total"] and value["total"]["low"] is not None] + [
        value["point"] for value in alone
    ]
    parts = [row for row in rows if is_part(row) and row["low"] is not None]
    low = min(stated) if stated else max((row["low"] for row in parts), default=None)
    used += [] if stated else parts
    # "Of counts, a value ... is history: it leaves its upper side open, and its upper bound and point enter neither `high` nor `conflict`
    # nor `n_points`, and blank `best`." Reading: it is upper bound and point that blank it, so a value with neither blanks nothing.
    old = [value for value in values if unit in record.count_units and is_history(value, last)]
    blank = any(value["high"] is not None or value["point"] is not None for value in old)
    for value in old:
        value["high"] = value["point"] = None
    lows = [value["low"] for value in values if value["low"] is not None] + (
        [] if stated or low is None else [low]
    )
    highs = [value["high"] for value in values if value["high"] is not None]
    points = sorted(value["point"] for value in values if value["point"] is not None)
    least, most = n_origins(record, rows)
    return {
        "low": low,
        "low_open": any(value["low"] is None for value in values),
        "best": points[(len(points) - 1) // 2]
        if points and not blank
        else None,  # "the lower median of the points stated"
        "high": max(
            highs + [value["point"] for value in alone if value["point"] is not None], default=None
        ),  # "the largest upper bound"
        "high_open": len(highs) < len(values),
        # "the largest lower bound exceeds the smallest upper, of measures by more than 1 %"
        "conflict": bool(
            lows and highs and max(lows) > min(highs) * (1 if unit in record.count_units else 1.01)
        ),
        "n_points": len(points),
        "n_origins_min": least,
        "n_origins_max": most,
        "has_pool": None in keys,
        "oldest_said": min((row["said_min"] for row in used if row["said_min"]), default=None),
        "latest_said": max((row["said_max"] for row in used if row["said_max"]), default=None),
    }


def delivered(found, transfer_id):
    """ "the unit with the largest `n_origins_max` among those with a bound, ties by name"."""
    rows = [
        row
        for row in found.values()
        if row["transfer_id"] == transfer_id and row["measure"] == "delivered" and is_bounded(row)
    ]
    best = min(rows, key=lambda row: (-row["n_origins_max"], row["unit"]), default={})
    return {f"delivered_{name}": best.get(name) for name in ("low", "best", "high", "unit")}


def ranges(found, system_id):
    """ "the basis with the largest `n_origins_max`, ties in the order assessed, demonstrated, advertised, not_stated"."""
    rows = [
        row
        for row in found.values()
        if row["system_id"] == system_id and row["measure"] == "range" and row["unit"] == "km"
    ]
    basis = min(rows, key=lambda row: (-row["n_origins_max"], BASES.index(row["basis"])), default={})
    return {
        "range_km_min_stated": basis.get("low"),
        "range_km_max_stated": basis.get("high"),
        "range_basis": basis.get("basis"),
        "range_n_origins": basis.get("n_origins_max", 0),
    }


# ------------------------------------------------------------------------------------------------- R4.4 and R4.5, and the tables


def resolution(record, row):
    """ "Of affirmed explicit projections on stage aspects that are no relays, the first that holds"."""
    if (
        row["stance"] != "project"
        or row["polarity"] != "affirmed"
        or row["explicitness"] != "explicit"
        or row["relays_statement_id"]
        or record.stage(row) < 0
    ):
        return None
    if row["statement_id"] in record.withdrawn:
        return "cancelled"
    # "a counting row of the same transfer, for the same or a later stage, has an event that begins on or after the day the projection was
    # said and, where the projection has a last day, ends by that day"
    for other in record.counting:
        if other["transfer_id"] == row["transfer_id"] and record.stage(other) >= record.stage(row):
            if other["event_min"] and row["said_min"] and other["event_min"] >= row["said_min"]:
                if row["event_max"] is None or other["event_max"] and other["event_max"] <= row["event_max"]:
                    return "fulfilled"
    newest = max(source["published_max"] for source in record.sources.values())
    return "lapsed" if row["event_max"] and row["event_max"] < newest else "open"


def state(record, transfer, found):
    """The columns of a transfer that its history follows: "support, positions, numbers and origin counts"."""
    out = {f"support_{name}": support(record, transfer, stage) for stage, name in enumerate(STAGES)}
    out |= {f"{side}_position": position(record, transfer, side) for side in SIDES} | delivered(
        found, transfer["transfer_id"]
    )
    for stage, name in enumerate(STAGES):
        # "per stage, from the rows support reads there, exhibits left out"
        rows = [
            row for row in counting_of_family(record, transfer["transfer_id"]) if record.stage(row) >= stage
        ]
        out[f"{name}_n_origins_min"], out[f"{name}_n_origins_max"] = n_origins(record, rows)
    return out


def tallies(record, transfer_id):
    """The other derived columns of a transfer: tallied is "every row of the transfer itself, relays and presupposed rows included"; the
    widest transfer it is part of is by `part_of` alone; event dates are those of the family's counting rows."""
    rows, (first, last) = record.own(transfer_id), days(counting_of_family(record, transfer_id))
    public, sources = (
        [record.known_from[row["statement_id"]] for row in rows],
        {row["source_id"] for row in rows},
    )
    return {
        "family_id": min(
            (whole for whole in wholes_of(record, transfer_id) if whole not in record.wholes),
            default=transfer_id,
        ),
        "first_public_on": min(public, default=None),
        "last_public_on": max(public, default=None),
        "event_min": first,
        "event_max": last,
        "n_statements": len(rows),
        "n_sources": len(sources),
        "n_publishers": len({record.sources[source]["publisher_id"] for source in sources}),
    }


def derive(record):
    """Every derived cell of four tables, as {table: {key: {column: cell}}}."""
    found = estimates(record)
    return {
        "statements": {
            row["statement_id"]: {
                "known_from": record.known_from[row["statement_id"]],
                "origin_id": record.key(row),
                "origin_is_possible": record.origins[row["statement_id"]][1],
                "is_counting": is_counting(record, row),
                "resolution": resolution(record, row),
            }
            for row in record.rows
        },
        "transfers": {
            key: state(record, row, found) | tallies(record, key) for key, row in record.transfers.items()
        },
        "systems": {key: ranges(found, key) for key in record.systems},
        "estimates": found,
    }


def history(record):
    """ "over half-open intervals. Equal neighbours merge; a blank `known_to` means still so"; {(transfer, known_from): row}, from the first
    day on which a row on the transfer is known or any column says something."""
    views = {
        day: record.on(day) for day in sorted({record.known_from[row["statement_id"]] for row in record.rows})
    }
    found, never, out = (
        {day: estimates(view) for day, view in views.items()},
        record.on(datetime.date.min),
        {},
    )
    for transfer_id, transfer in record.transfers.items():
        last, before = None, state(never, transfer, {})
        for day, view in views.items():
            now = state(view, transfer, found[day])
            if now != before or last is None and view.own(transfer_id):
                if last:
                    last["known_to"] = day
                last = out[transfer_id, day] = {
                    "transfer_id": transfer_id,
                    "known_from": day,
                    "known_to": None,
                } | now
            before = now
    return out
