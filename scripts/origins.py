"""Rule O2: origins, not outlets. Whose word a statement is, and how many such origins stand behind several statements.

The key of an origin is a state's alpha-3 code, or the actor_id of an organisation or a joint body; None is the pool of
statements that no origin can be told for.
"""

from dataclasses import dataclass

OFFICIAL = ("state_position", "official_capacity", "individual_official")


@dataclass(frozen=True)
class Origin:
    """`key`, or None; `possible` where the resting that leads to it is only possible somewhere on the way."""

    key: str | None
    possible: bool


class Actors:
    """Lookups over `actors` and `actor_members` (rows by actor_id)."""

    def __init__(self, actors: list[dict], members: list[dict]):
        self.by_id = {row["actor_id"]: row for row in actors}
        self.members = {}
        for row in members:
            self.members.setdefault(row["actor_id"], []).append(row["member_actor_id"])

    def key(self, actor_id: str | None) -> str | None:
        """The key an official, or the owner, of that actor has: its state for a state and whatever a state controls,
        the body above for a person or an anonymous group, else the actor itself."""
        actor = self.by_id.get(actor_id)
        if actor is None:
            return None
        if actor["kind"] == "state" or actor["state_controlled"]:
            return actor["state"]
        if actor["kind"] in ("person", "anonymous_group"):
            return self.key(actor["parent_actor_id"])
        return actor_id

    def state(self, actor_id: str | None) -> str | None:
        return self.by_id[actor_id]["state"] if actor_id in self.by_id else None

    def signatories(self, actor_id: str | None) -> list[str]:
        """The actor, and its members where it is a joint body."""
        return [actor_id, *self.members.get(actor_id, [])] if actor_id else []

    def is_joint(self, key: str | None) -> bool:
        return key in self.members


def origins(rows: list[dict], actors: Actors) -> dict[str, Origin]:
    """The origin of every statement, by statement_id; circles that mix relays and resting lead to no key."""
    by_id, found = {row["statement_id"]: row for row in rows}, {}

    def of(statement_id: str, way: tuple = ()) -> Origin:
        if statement_id in found or statement_id not in by_id or statement_id in way:
            return found.get(statement_id, Origin(None, False))
        row, way = by_id[statement_id], (*way, statement_id)
        possible = row["rests_on_certainty"] == "possible"
        if row["relays_statement_id"]:
            above = of(row["relays_statement_id"], way)
            origin = Origin(above.key, above.possible or possible)
        elif row["rests_on_certainty"] == "certain" and row["rests_on_statement_id"]:
            origin = of(row["rests_on_statement_id"], way)
        elif row["rests_on_certainty"] == "certain":
            origin = Origin(actors.key(row["rests_on_actor_id"]), False)
        else:
            behind = of(row["rests_on_statement_id"], way).possible if row["rests_on_statement_id"] else False
            origin = Origin(own_key(row, actors), possible or behind)
        if len(way) == 1:
            found[statement_id] = origin
        return origin

    return {row["statement_id"]: of(row["statement_id"]) for row in rows}


def own_key(row: dict, actors: Actors) -> str | None:
    """The key of a statement that rests on nothing: none where the chain is incomplete, else the state an official
    speaks for, the joint body, or the organisation."""
    if not row["chain_complete"]:
        return None
    if row["authority"] in OFFICIAL:
        key = actors.key(row["speaks_for_id"]) if row["speaks_for_id"] else actors.state(row["speaker_id"])
        if key is not None:
            return key
    return actors.key(row["speaker_id"])


def count(found: list[Origin], actors: Actors) -> tuple[int, int]:
    """(least, most) origins behind statements of these origins; 0 and 0 for none."""
    if not found:
        return 0, 0
    return max(1, certain(found, actors)), _distinct({origin.key for origin in found}, actors)


def certain(found: list[Origin], actors: Actors) -> int:
    """Origins that are told and rest on no other, not even possibly."""
    return _distinct(
        {origin.key for origin in found if origin.key is not None and not origin.possible}, actors
    )


def _distinct(keys: set, actors: Actors) -> int:
    """Distinct keys, the pool counting one; joint bodies with a counted member add nothing, the others together one."""
    single = {key for key in keys if not actors.is_joint(key)}
    alone = [
        key
        for key in keys - single
        if not (single - {None}) & {actors.key(member) for member in actors.members[key]}
    ]
    return len(single) + bool(alone)
