// What became of the rows, reason by reason: hundreds of thousands of single rows would hold up the page.
import { grouped } from "./dom.js";

// Rows of one reason that are listed; the others are counted.
const listed = 10;

/** A dry run with its problems by what they have in common, the reason of most rows first. */
export function gathered({ problems, account, ...run }) {
  const groups = [...grouped(problems, ({ rejected, table, column, code }) => [rejected, table, column, code].join("\n")).values()];
  const byTable = grouped(problems, ({ table }) => table);
  return {
    ...run,
    account,
    remarked: Object.fromEntries(Object.entries(account).map(([name, counts]) => [name, remarked(counts, byTable.get(name) ?? [])])),
    reasons: groups
      .sort((one, other) => other.length - one.length)
      .map((rows) => ({ ...rows[0], count: rows.length, rows: rows.slice(0, listed) })),
  };
}

/** How many rows of a table are used and have a remark: a row has as many remarks as it has cells. */
function remarked({ rejected }, problems) {
  const out = new Set(problems.filter((problem) => problem.rejected && rejected[problem.code]).map(({ row }) => row));
  return new Set(problems.filter((problem) => !problem.rejected && !out.has(problem.row)).map(({ row }) => row)).size;
}
