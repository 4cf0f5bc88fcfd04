// Names in lines, as the figures break them.

const NEAR = 18; // letters in a line of a name

export function wrapped(name) {
  const rows = [""];
  for (const word of name.split(/(?<=-)(?=\S{4})|\s+/)) {
    const row = rows.at(-1);
    const joined = row.endsWith("-") || !row ? row + word : `${row} ${word}`;
    if (row && joined.length > NEAR) rows.push(word);
    else rows[rows.length - 1] = joined;
  }
  return rows;
}
