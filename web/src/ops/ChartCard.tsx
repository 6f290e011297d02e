import { useState } from "preact/hooks";
import { formatTime } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { Button } from "../ui/Button.tsx";
import { Chart } from "./Chart.tsx";
import type { ChartOf } from "./charts.ts";
import { clock } from "./format.ts";
import { minutes, type Point } from "./history.ts";
import { GONE } from "./judge.ts";

interface Props {
  chart: ChartOf;
  points: readonly Point[];
  now: number;
}

/** One chart with its legend; the same as a table for who cannot see a canvas, or wants figures. */
export function ChartCard({ chart, points, now }: Props) {
  const [table, setTable] = useState(false);
  const [at, setAt] = useState<number>();
  const title = t(`ops.chart.${chart.name}`);
  return (
    <section class="card chart" aria-labelledby={`chart-${chart.name}`}>
      <div class="chart-head">
        <h3 id={`chart-${chart.name}`}>{title}</h3>
        {chart.limit !== undefined && (
          <span class="soft num chart-limit">{t("ops.limit", { value: chart.format(chart.limit) })}</span>
        )}
        <Button small look="plain" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? t("ops.chart") : t("ops.table")}
        </Button>
      </div>
      {table ? (
        <Table chart={chart} points={points} title={title} />
      ) : (
        <>
          <Legend
            chart={chart}
            point={at === undefined ? newest(points, now) : points[at]}
            pointed={at !== undefined}
          />
          <Chart chart={chart} points={points} now={now} label={title} onPoint={setAt} />
        </>
      )}
      {(chart.name === "frames" || chart.name === "bytes") && <p class="soft">{t(`ops.chart.${chart.name}.lead`)}</p>}
    </section>
  );
}

/** The last point, if it still says something about now. */
function newest(points: readonly Point[], now: number): Point | undefined {
  const last = points.at(-1);
  return last && now - last.time * 1_000 <= GONE ? last : undefined;
}

/** The lines and their values: the newest, or those under the pointer. */
function Legend({ chart, point, pointed }: { chart: ChartOf; point: Point | undefined; pointed: boolean }) {
  return (
    <ul class="legend-lines">
      {chart.lines.map(({ line, words, look }) => {
        const value = point?.[line] ?? null;
        return (
          <li key={line}>
            <span class="swatch" data-look={look} aria-hidden="true" />
            {t(`ops.line.${words}`)}
            <strong class="num" translate={false}>
              <bdi>{value === null ? "–" : chart.format(value)}</bdi>
            </strong>
          </li>
        );
      })}
      {pointed && point && <li class="num soft">{clock(point.time * 1_000)}</li>}
    </ul>
  );
}

function Table({ chart, points, title }: { chart: ChartOf; points: readonly Point[]; title: string }) {
  const rows = minutes(
    points,
    chart.lines.map(({ line }) => line),
    chart.table,
  );
  return (
    // Whoever moves by keyboard must be able to scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section class="chart-table" tabIndex={0} aria-label={t("ops.table.of", { chart: title })}>
      <table>
        <caption class="soft">{t(`ops.table.${chart.table}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t("ops.time")}</th>
            {chart.lines.map(({ line, words }) => (
              <th key={line} scope="col">
                {t(`ops.line.${words}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, values }) => (
            <tr key={time}>
              <th scope="row" class="num">
                {formatTime(time * 1_000)}
              </th>
              {values.map((value, i) => (
                <td key={chart.lines[i]?.line} class="num">
                  <bdi>{value === null ? "–" : chart.format(value)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
