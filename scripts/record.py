"""The record as the derivation reads it: statements by subject, with their origins, and which of them count.

One `Record` is made of the whole record; `known_by` and `only` give views with fewer statements and the same origins,
for history, withdrawal and re-derivation filter rows, never keys (rule O2).
"""

from collections import defaultdict
from datetime import date

from scripts.normalise.tables import Tables, records
from scripts.origins import Actors, Origin, origins

STAGES = ("agreed", "shipped", "delivered")


class Record:
    """Rows of the statements in view, and lookups over everything else."""

    def __init__(self, tables: Tables):
        rows = {
            name: records(tables[name])
            for name in (
                "statements",
                "sources",
                "actors",
                "actor_members",
                "transfers",
                "transfer_links",
                "systems",
                "aspects",
                "alignments",
                "units",
            )
        }
        self.actors = Actors(rows["actors"], rows["actor_members"])
        self.sources = {row["source_id"]: row for row in rows["sources"]}
        self.transfers = {row["transfer_id"]: row for row in rows["transfers"]}
        self.systems = {row["system_id"]: row for row in rows["systems"]}
        self.aspects = {row["aspect"]: row for row in rows["aspects"]}
        self.counted_units = {row["unit"] for row in rows["units"] if row["is_count"]}
        self.alignments = rows["alignments"]
        self.wholes = defaultdict(list)
        for row in rows["transfer_links"]:
            if row["kind"] == "part_of":
                self.wholes[row["transfer_id"]].append(row["linked_transfer_id"])
        self.above = {transfer: self._above(transfer) for transfer in self.transfers}
        self.families = {transfer: self._family(transfer) for transfer in self.transfers}
        self.everything = {row["statement_id"]: row for row in rows["statements"]}
        self.stages = {
            name: STAGES.index(row["stage"]) if row["stage"] else -1 for name, row in self.aspects.items()
        }
        self.countable = {row["statement_id"] for row in rows["statements"] if is_countable(row)}
        self.memory = {}
        self.origins: dict[str, Origin] = origins(rows["statements"], self.actors)
        self.known_from = known_from(self.everything, self.sources)
        self.spoken_for = {row["statement_id"]: self._spoken_for(row) for row in rows["statements"]}
        self.party_words = {
            row["statement_id"]: self.sides(row, self.transfers[row["transfer_id"]])
            for row in rows["statements"]
            if self._is_position(row)
        }
        self._see(rows["statements"])

    def _see(self, rows: list[dict]):
        self.rows, self.withdrawn = rows, withdrawn(rows)
        self.of_transfer, self.of_system, self.spoken, self.counted = (
            defaultdict(list),
            defaultdict(list),
            defaultdict(list),
            defaultdict(list),
        )
        for row in rows:
            name, transfer = row["statement_id"], row["transfer_id"]
            (self.of_transfer if transfer else self.of_system)[transfer or row["system_id"]].append(row)
            if transfer and name not in self.withdrawn:
                if name in self.countable:
                    self.counted[transfer].append(row)
                for side in self.party_words.get(name, ()):
                    self.spoken[transfer, side].append(row)

    def only(self, keep) -> "Record":
        """A view with the statements for which keep(row) holds; origins and days stay those of the whole record."""
        view = object.__new__(Record)
        view.__dict__.update(self.__dict__)
        view._see([row for row in self.rows if keep(row)])
        return view

    def known_by(self, day: date) -> "Record":
        """The statements that were public on the day."""
        return self.only(lambda row: self.known_from[row["statement_id"]] <= day)

    def stands(self, row: dict) -> bool:
        """Explicit, not a relay, not withdrawn."""
        return (
            row["explicitness"] == "explicit"
            and not row["relays_statement_id"]
            and row["statement_id"] not in self.withdrawn
        )

    def is_counting(self, row: dict) -> bool:
        return row["statement_id"] in self.countable and row["statement_id"] not in self.withdrawn

    def stage(self, row: dict) -> int:
        """Position in STAGES of the latest stage the row's aspect supports; -1 for none."""
        return self.stages[row["aspect"]]

    def kept(self, function, row: dict) -> bool:
        """What function(record, row) says, asked once: for what is the same in every view."""
        place = function, row["statement_id"]
        if place not in self.memory:
            self.memory[place] = function(self, row)
        return self.memory[place]

    def of_family(self, transfer_id: str) -> list[dict]:
        """Rows of the transfer, its parts, the transfers beneath it, and their families."""
        return [row for member in self.families[transfer_id] for row in self.of_transfer[member]]

    def counting(self, transfer_id: str) -> list[dict]:
        """Counting rows of the transfer's family."""
        return [row for member in self.families[transfer_id] for row in self.counted[member]]

    def sides(self, row: dict, transfer: dict) -> list[str]:
        """Which parties of the transfer the row is the word of; a joint text is a row of each member."""
        who = self.spoken_for[row["statement_id"]]
        return [
            side
            for side in ("supplier", "recipient")
            if transfer[side] in who or transfer[f"{side}_actor_id"] in who
        ]

    def _is_position(self, row: dict) -> bool:
        """Whether it is an explicit state position on a stage of a transfer, and no relay."""
        return (
            row["authority"] == "state_position"
            and row["explicitness"] == "explicit"
            and not row["relays_statement_id"]
            and self.stage(row) >= 0
        )

    def _spoken_for(self, row: dict) -> set[str]:
        """The actors whose word the row is, and their states."""
        who = (
            self.actors.signatories(row["speaks_for_id"] or row["speaker_id"])
            + self.actors.signatories(row["speaker_id"])[1:]
        )
        return {name for actor in who for name in (actor, self.actors.state(actor)) if name}

    def _above(self, transfer_id: str) -> dict[str, list[str]]:
        """Each system above the transfer's own, nearest first, with the transfers of just that system between the same states in the same mode."""
        transfer, found = self.transfers[transfer_id], {}
        system = self.systems[transfer["system_id"]]["parent_system_id"]
        while system:
            found[system] = [
                other
                for other, line in self.transfers.items()
                if line["system_id"] == system
                and all(line[name] == transfer[name] for name in ("supplier", "recipient", "mode"))
            ]
            system = self.systems[system]["parent_system_id"]
        return found

    def _family(self, transfer_id: str) -> list[str]:
        """The transfer, its parts, the transfers beneath it unless one of the two is a part, and the families of these."""
        found, ahead = [], [transfer_id]
        while ahead:
            here = ahead.pop()
            if here not in found:
                found.append(here)
                ahead += [
                    other
                    for other in self.transfers
                    if here in self.wholes[other]
                    or not self.wholes[here]
                    and not self.wholes[other]
                    and any(here in wider for wider in self.above[other].values())
                ]
        return found


def is_countable(row: dict) -> bool:
    """Whether it is a counting row as long as nothing withdraws it."""
    return (
        row["stance"] == "assert"
        and row["polarity"] == "affirmed"
        and row["explicitness"] == "explicit"
        and not row["relays_statement_id"]
        and row["high"] != 0
    )


def withdrawn(rows: list[dict]) -> set[str]:
    """Statements named by a withdrawal that is explicit, no relay, and not itself withdrawn; circles withdraw nothing."""
    by_target = defaultdict(list)
    for row in rows:
        if (
            row["stance"] == "withdraw"
            and row["explicitness"] == "explicit"
            and not row["relays_statement_id"]
        ):
            by_target[row["targets_statement_id"]].append(row["statement_id"])

    def gone(statement_id: str, way: tuple = ()) -> bool:
        return any(
            taker not in way and not gone(taker, (*way, statement_id))
            for taker in by_target.get(statement_id, [])
        )

    return {target for target in by_target if gone(target)}


def known_from(rows: dict[str, dict], sources: dict[str, dict]) -> dict[str, date]:
    """R4.5: the earliest day on which the statement, its not-consulted original, or a relay of it was public."""
    relays, found = defaultdict(list), {}
    for row in rows.values():
        if row["relays_statement_id"]:
            relays[row["relays_statement_id"]].append(row["statement_id"])

    def own(row: dict) -> date:
        source = sources[row["source_id"]]
        behind = [
            sources[key] for key in (row["original_source_id"], source["copy_of_source_id"]) if key in sources
        ]
        return min(
            [
                source["published_max"],
                *(other["published_max"] for other in behind if other["extent"] == "not_consulted"),
            ]
        )

    def of(statement_id: str, way: tuple = ()) -> date:
        if statement_id not in found:
            later = [of(relay, (*way, statement_id)) for relay in relays[statement_id] if relay not in way]
            found[statement_id] = min([own(rows[statement_id]), *later])
        return found[statement_id]

    return {statement_id: of(statement_id) for statement_id in rows}


def latest(row: dict, sources: dict[str, dict]) -> tuple:
    """Sort key by which the latest of several rows comes last (R4: said_min, published_min, statement_id)."""
    return (
        row["said_min"] or date.min,
        sources[row["source_id"]]["published_min"] or date.min,
        row["statement_id"],
    )


def in_order(rows: list[dict], sources: dict[str, dict]) -> list[dict]:
    """The rows, latest last; those said before publication only where no dated one stands."""
    dated = [row for row in rows if row["said_basis"] != "before_publication"]
    return sorted(dated or rows, key=lambda row: latest(row, sources))
