import { median, quantile, type Sample } from './measure.js';

/** A ratio of two ways, and the standard error that the rounds leave it with. */
export interface Ratio {
  readonly value: number;
  readonly error: number;
}

export interface Row {
  readonly way: string;
  /** Microseconds of CPU of all Envoys on the way, per request. */
  readonly cpu: number;
  /** Undefined where there is no Envoy. */
  readonly cpuToMinimal: Ratio | undefined;
  readonly cpuToHop: Ratio | undefined;
  /** Milliseconds, medians over the rounds: with all connections busy, and one request at a time. */
  readonly p50: number;
  readonly p99: number;
  readonly alone: number;
  /** Over those of the minimal pair: medians of the ratios of a round, since what else the machine does in a round meets all ways alike. */
  readonly p50ToMinimal: number;
  readonly p99ToMinimal: number;
  readonly aloneToMinimal: number;
}

type Measured = 'p50' | 'p99' | 'alone' | 'cpu';

export function rowsOf(samples: readonly Sample[], minimal: string, hop: string): Row[] {
  const of = (way: string, field: Measured): number[] => samples.filter((each) => each.way === way).map((each) => each[field]);
  const times = (way: string, field: Measured): number => median(ratios(of(way, field), of(minimal, field)));
  return [...new Set(samples.map(({ way }) => way))].map((way) => {
    const cpu = of(way, 'cpu');
    const hasEnvoy = median(cpu) > 0;
    return {
      way,
      cpu: median(cpu),
      cpuToMinimal: hasEnvoy ? ratioOf(cpu, of(minimal, 'cpu')) : undefined,
      cpuToHop: hasEnvoy ? ratioOf(cpu, of(hop, 'cpu')) : undefined,
      p50: median(of(way, 'p50')),
      p99: median(of(way, 'p99')),
      alone: median(of(way, 'alone')),
      p50ToMinimal: times(way, 'p50'),
      p99ToMinimal: times(way, 'p99'),
      aloneToMinimal: times(way, 'alone'),
    };
  });
}

const ratios = (values: readonly number[], bases: readonly number[]): number[] => values.map((value, round) => value / bases[round]!);

/** The median of the rounds' ratios, since what else the machine does in a round meets all ways alike, and once in a while one of them alone. */
function ratioOf(values: readonly number[], bases: readonly number[]): Ratio {
  const each = ratios(values, bases);
  const spread = quantile(each, 0.75) - quantile(each, 0.25);
  return { value: median(each), error: (0.93 * spread) / Math.sqrt(each.length) }; // of a median, where the middle half of a normal distribution is that wide
}

export function table(rows: readonly Row[]): string {
  const times = (value: number): string => `${value.toFixed(2)}×`;
  const ratio = (value: Ratio | undefined): string => (value === undefined ? '–' : `${times(value.value)} ±${value.error.toFixed(2)}`);
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  const lines = rows.map((row) => [
    row.way,
    row.cpuToMinimal === undefined ? '–' : `${row.cpu.toFixed(0)} µs`,
    ratio(row.cpuToMinimal),
    ratio(row.cpuToHop),
    ms(row.p50),
    times(row.p50ToMinimal),
    ms(row.p99),
    times(row.p99ToMinimal),
    ms(row.alone),
    times(row.aloneToMinimal),
  ]);
  const head = ['', 'Envoy CPU', 'to pair', 'to hop', 'p50', 'to pair', 'p99', 'to pair', 'p50 alone', 'to pair'];
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]!.length)));
  const pad = (cell: string, column: number): string => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!));
  return [head, ...lines].map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
