// The shipped tables, unpacked; what holds on a day is looked up in the history tables, never worked out.

const page = JSON.parse(document.getElementById("data").textContent);
const unpack = columns => (Object.values(columns)[0]?.rows ?? []).map((_, i) => Object.fromEntries(Object.entries(columns).map(([name, { values, rows }]) => [name, values[rows[i]]])));
const table = Object.fromEntries(Object.entries(page.tables).map(([name, columns]) => [name, unpack(columns)]));
const by = (rows, key) => new Map(rows.map(row => [row[key], row]));
const statements = by(table.statements, "statement_id"), transfers = by(table.transfers, "transfer_id"), systems = by(table.systems, "system_id"),
  sources = by(table.sources, "source_id"), actors = by(table.actors, "actor_id");
const days = [...new Set(table.statements.map(row => row.known_from))].sort();
const firstDay = table.transfer_history.map(row => row.known_from).sort()[0], lastDay = days.at(-1);

const holds = (row, day) => row.known_from <= day && (row.known_to === null || day < row.known_to);
const on = (name, day) => table[name].filter(row => holds(row, day));
const known = day => table.statements.filter(row => row.known_from <= day);

const dayNumber = day => Math.round(Date.parse(day + "T00:00:00Z") / 864e5);
const dayOf = number => new Date(number * 864e5).toISOString().slice(0, 10);
