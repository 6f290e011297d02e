import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import Plot from "uplot";
import { useMedia } from "../page/useMedia.ts";
import type { ChartOf } from "./charts.ts";
import { KEPT, type Point } from "./history.ts";
import { optionsOf } from "./plot.ts";

interface Props {
  chart: ChartOf;
  points: readonly Point[];
  now: number;
  label: string;
  /** The point under the pointer, by its index; undefined once it has left. */
  onPoint: (at: number | undefined) => void;
}

/** A canvas with the last 15 minutes. Time runs from left to right in every language. */
export function Chart({ chart, points, now, label, onPoint }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const contrast = useMedia("(prefers-contrast: more)");
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const size = (): { width: number; height: number } => ({
      width: element.clientWidth,
      height: element.clientHeight,
    });
    const made = new Plot(optionsOf(chart, size(), onPoint), dataOf(chart, points), element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize(size()));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [chart, dark, contrast]);
  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    made.batch(() => {
      made.setData(dataOf(chart, points), false);
      made.setScale("x", { min: now / 1_000 - KEPT, max: now / 1_000 });
    });
  }, [points, now, dark, contrast]);
  return <div class="plot" dir="ltr" role="img" aria-label={label} ref={box} />;
}

function dataOf(chart: ChartOf, points: readonly Point[]): uPlot.AlignedData {
  return [points.map((p) => p.time), ...chart.lines.map(({ line }) => points.map((p) => p[line]))];
}
