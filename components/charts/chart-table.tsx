import type { ChartData } from "./chart-data.ts";
import { UNIT_WORDS } from "./figure.ts";
import { tableRows } from "./prepare-table.ts";

/** The same points as the drawing, as a table, newest first. */
export function ChartTable({ data, zone }: { data: Pick<ChartData, "name" | "unit" | "lines">; zone: string }) {
  const several = data.lines.length > 1;
  const cell = "px-3 py-1.5 text-left align-top";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to
    <section tabIndex={0} aria-label={`${data.name} as a table`} className="max-h-96 overflow-auto rounded border">
      <table className="tabular w-full text-sm">
        <caption className="sr-only">
          {data.name}, in {UNIT_WORDS[data.unit]}, newest first. Times in {zone}.
        </caption>
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" className={cell}>
              When
            </th>
            {several && (
              <th scope="col" className={cell}>
                Of
              </th>
            )}
            <th scope="col" className={cell}>
              {data.name}
            </th>
            <th scope="col" className={cell}>
              How sure
            </th>
            <th scope="col" className={cell}>
              Behind it
            </th>
          </tr>
        </thead>
        <tbody>
          {tableRows(data, zone).map((row) => (
            <tr key={row.key} className="border-t">
              <th scope="row" className={`${cell} font-normal whitespace-nowrap`}>
                {row.when}
              </th>
              {several && <td className={cell}>{row.line}</td>}
              <td className={`${cell} font-semibold whitespace-nowrap`}>{row.value}</td>
              <td className={cell}>{[row.interval, row.state].filter(Boolean).join(", ")}</td>
              <td className={cell}>{row.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
