import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** Draw points as a line into a box; what is returned takes it away again. */
export function plot(
  box: HTMLElement,
  points: readonly { name: string; value: number | null }[],
  written: (value: number) => string,
  height: number,
): () => void {
  const colour = (token: string) => getComputedStyle(box).getPropertyValue(token).trim();
  const [ink, line, accent] = [colour("--plot-faint"), colour("--plot-line"), colour("--plot-accent")];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const chart = new uPlot(
    {
      width: Math.max(box.clientWidth, 240),
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, y: { range: (_, least, most) => [Math.min(0, least), most || 1] } },
      axes: [
        { ...axis, grid: { show: false }, values: (_, places) => places.map((at) => points[at]?.name ?? "") },
        { ...axis, size: 56, values: (_, ticks) => ticks.map((tick) => written(tick)) },
      ],
      series: [{}, { stroke: accent, width: 2, points: { show: true, size: 6, fill: accent } }],
    },
    [points.map((_, at) => at), points.map(({ value }) => value)],
    box,
  );
  const fit = new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height }));
  fit.observe(box);
  return () => {
    fit.disconnect();
    chart.destroy();
  };
}
