// A chart of stacked bars as numbers for an SVG: geometry alone, in the units of its viewBox. Its colours are the style
// sheet's, by class.

/** The drawing: wide enough for twelve months, small enough that its words can be read when a phone scales it down. */
const WIDTH = 480;
const HEIGHT = 220;
const LEFT = 30;
const BOTTOM = 24;
const TOP = 14;
/** Of the room of a bar, what it fills. */
const FILLED = 0.68;

export interface ChartSeries {
  readonly name: string;
  /** One for each bar. */
  readonly values: readonly number[];
}

interface Segment {
  readonly shade: string;
  readonly x: string;
  readonly y: string;
  readonly width: string;
  readonly height: string;
  readonly title: string;
}

export interface ChartView {
  readonly width: number;
  readonly height: number;
  /** What the picture says, in a sentence. */
  readonly sentence: string;
  readonly bars: readonly {
    readonly label: string;
    readonly x: string;
    readonly labelY: number;
    readonly segments: readonly Segment[];
  }[];
  readonly lines: readonly {
    readonly label: string;
    readonly x1: number;
    readonly x2: number;
    readonly y: string;
    readonly textX: number;
    readonly axis: boolean;
  }[];
  readonly legend: readonly { readonly shade: string; readonly name: string }[];
}

export function stackedChart(
  labels: readonly string[],
  series: readonly ChartSeries[],
  sentence: string,
): ChartView {
  const totals = labels.map((_, bar) => series.reduce((sum, { values }) => sum + (values[bar] ?? 0), 0));
  const step = stepFor(Math.max(...totals));
  const ceiling = Math.max(step, Math.ceil(Math.max(...totals) / step) * step);
  const base = HEIGHT - BOTTOM;
  const scale = (base - TOP) / ceiling;
  const room = (WIDTH - LEFT) / labels.length;
  return {
    width: WIDTH,
    height: HEIGHT,
    sentence,
    bars: labels.map((label, bar) => {
      const x = LEFT + room * (bar + (1 - FILLED) / 2);
      return {
        label,
        x: fixed(x + (room * FILLED) / 2),
        labelY: HEIGHT - 8,
        segments: segmentsOf(series, bar, { label, x, width: room * FILLED, base, scale }),
      };
    }),
    lines: Array.from({ length: ceiling / step + 1 }, (_, n) => ({
      label: String(n * step),
      x1: LEFT,
      x2: WIDTH,
      y: fixed(base - n * step * scale),
      textX: LEFT - 6,
      axis: n === 0,
    })),
    legend: series.map(({ name }, n) => ({ shade: shadeOf(n), name })),
  };
}

interface Place {
  readonly label: string;
  readonly x: number;
  readonly width: number;
  readonly base: number;
  readonly scale: number;
}

function segmentsOf(series: readonly ChartSeries[], bar: number, place: Place): Segment[] {
  let foot = place.base;
  return series.flatMap(({ name, values }, n) => {
    const value = values[bar] ?? 0;
    if (value === 0) return [];
    const height = value * place.scale;
    foot -= height;
    return [
      {
        shade: shadeOf(n),
        x: fixed(place.x),
        y: fixed(foot),
        width: fixed(place.width),
        height: fixed(height),
        title: `${place.label}, ${name}: ${value}`,
      },
    ];
  });
}

function shadeOf(n: number): string {
  return `shade-${n + 1}`;
}

/** A round step between lines, such that there are two to five of them. */
function stepFor(most: number): number {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10;
  return factor * power;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
