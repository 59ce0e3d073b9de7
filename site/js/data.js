// The data of the page, as scripts/site/packing.py wrote it: JSON by columns, as gzip, in base64.

async function readData() {
  const binary = atob(document.getElementById("data").textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const unzipped = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
  const { head, labels, tables } = await new Response(unzipped).json();
  const rows = Object.entries(tables).map(([name, columns]) => [name, rowsFrom(columns)]);
  return { head, labels, tables: Object.fromEntries(rows) };
}

// The rows of a table. Each begins as a copy of one blank row, which is faster than to add cell by cell.
function rowsFrom(columns) {
  const names = Object.keys(columns);
  const blank = Object.fromEntries(names.map((name) => [name, null]));
  const rows = [];
  for (const name of names) {
    cellsOf(columns[name]).forEach((cell, i) => {
      rows[i] ??= { ...blank };
      rows[i][name] = cell;
    });
  }
  return rows;
}

const cellsOf = (column) =>
  Array.isArray(column) ? column : column.rows.map((place) => column.cells[place]);

if (!("DecompressionStream" in window)) {
  document.getElementById("old").hidden = false;
  throw new Error("This browser has no DecompressionStream.");
}

export const data = await readData();
