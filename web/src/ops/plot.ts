import type uPlot from "uplot";
import { formatTime } from "../i18n/index.ts";
import type { ChartOf, LineOf } from "./charts.ts";

/** Seconds between two marks of the time axis. */
const STEPS = [60, 120, 180, 300];
/** Milliseconds: nothing that is measured here is quicker, nothing slower has to be told apart. */
const LOG_LEAST = 0.1;
const LOG_MOST = 75_000;
/** Pixels below the plot, for the time. */
const TIME_AXIS = 26;
const FONT_SIZE = 12;

/** uPlot's options of one chart, in the colours of the page as it is now. */
export function optionsOf(
  chart: ChartOf,
  size: { width: number; height: number },
  onPoint: (at: number | undefined) => void,
): uPlot.Options {
  const colour = colours();
  const axis: uPlot.Axis = {
    stroke: colour("--text-2"),
    font: `${FONT_SIZE}px ${colour("--font")}`,
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    gap: 6,
  };
  const log = chart.scale === "log";
  return {
    ...size,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
    padding: [10, 26, 0, 0],
    scales: {
      x: { time: true, auto: false },
      y: log
        ? { distr: 3, range: (_, least, most) => logRange(least, most, chart.limit ?? 1) }
        : { range: (_, _least, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
    },
    axes: [
      {
        ...axis,
        size: TIME_AXIS,
        space: 70,
        incrs: STEPS,
        values: (_, splits) => splits.map((s) => formatTime(s * 1_000)),
      },
      {
        ...axis,
        size: widest,
        space: 28,
        values: (_, splits) => splits.map(chart.format),
        ...(log ? { splits: (_, __, least, most) => decades(least, most) } : {}),
      },
    ],
    series: [{}, ...chart.lines.map((line) => seriesOf(line, colour))],
    hooks: {
      draw: [(u) => drawLimit(u, chart, colour("--danger"))],
      setCursor: [(u) => onPoint(u.cursor.idx ?? undefined)],
    },
  };
}

function colours(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function seriesOf({ look }: LineOf, colour: (name: string) => string): uPlot.Series {
  const common: uPlot.Series = { points: { show: false }, spanGaps: false };
  switch (look) {
    case "main":
      return { ...common, stroke: colour("--bar-lead"), width: 2, fill: `${colour("--bar-lead")}1f` };
    case "second":
      return { ...common, stroke: colour("--ok"), width: 2, dash: [6, 4] };
    case "third":
      return { ...common, stroke: colour("--danger"), width: 2, dash: [2, 3] };
  }
}

/** Whole decades that hold the data and the limit. */
function logRange(least: number | null, most: number | null, limit: number): [number, number] {
  const low = Math.max(LOG_LEAST, Math.min(least ?? 1, 1));
  const high = Math.min(LOG_MOST, Math.max(most ?? 0, limit * 2));
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
}

function decades(least: number, most: number): number[] {
  const from = Math.round(Math.log10(least));
  return Array.from({ length: Math.round(Math.log10(most)) - from + 1 }, (_, i) => 10 ** (from + i));
}

/** Room for the longest label: units are words of very different length. */
function widest(u: uPlot, labels: string[] | null): number {
  const least = 40;
  u.ctx.save();
  u.ctx.font = `${FONT_SIZE}px system-ui`;
  const widths = (labels ?? []).map((label) => u.ctx.measureText(label).width);
  u.ctx.restore();
  return Math.ceil(Math.max(least, ...widths)) + 12;
}

/** The promise as a line across. */
function drawLimit(u: uPlot, { limit }: ChartOf, stroke: string): void {
  if (limit === undefined) return;
  const y = Math.round(u.valToPos(limit, "y", true)) + 0.5;
  const { left, width, top } = u.bbox;
  if (y < top) return;
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.setLineDash([10, 5]);
  u.ctx.lineWidth = 1.5 * devicePixelRatio;
  u.ctx.strokeStyle = stroke;
  u.ctx.moveTo(left, y);
  u.ctx.lineTo(left + width, y);
  u.ctx.stroke();
  u.ctx.restore();
}
