// How an import is told of while it runs and at its end: a bar on a terminal, plain lines elsewhere.
import type { WriteStream } from 'node:tty';
import { MultiBar, type Options, type Params, SingleBar } from 'cli-progress';
import type { Clock } from '../../lib/clock.ts';
import type { ImportFile } from './files.ts';
import type { ImportCounts, ImportListener } from './listener.ts';

/** Lines about lines: after this many they are counted. */
const TOLD = 100;
/** Between two plain lines. */
const PLAIN_LINES_MS = 5_000;
const LONGEST_TOLD = 300;
const BAR_LENGTH = 30;

export interface ImportReport {
  readonly listener: ImportListener;
  start(files: readonly ImportFile[]): void;
  /** Says what came of it. */
  end(interrupted: boolean): void;
  /** Takes the bar away, however it ended. */
  close(): void;
  exitCode(): number;
}

/** @param out where progress and result go; @param err where what was left out is named */
export function reportTo(clock: Clock, out: WriteStream, err: WriteStream): ImportReport {
  const counts: ImportCounts = { members: 0, sections: 0, tags: 0, topics: 0, replies: 0, known: 0 };
  const told = { faults: 0, notes: 0 };
  let read = 0;
  let wasInterrupted = false;
  const options: Options = {
    stream: out,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_LINES_MS,
    hideCursor: true,
    gracefulExit: false,
    format: (_options, params) => progressLine(params, counts, { onTerminal: out.isTTY, now: clock.now() }),
  };
  // Off a terminal the one writes an empty line after each of its own.
  const bars = out.isTTY ? new MultiBar(options) : undefined;
  const tell = (text: string): void => {
    // Over a bar, only the bar may write.
    if (bars && err.isTTY) bars.log(`${text}\n`);
    else err.write(`${text}\n`);
  };
  const tellOf = (what: keyof typeof told, file: ImportFile, line: number, text: string): void => {
    told[what] += 1;
    if (told[what] <= TOLD) tell(`${file.path}, line ${line}: ${harmless(text)}`);
    else if (told[what] === TOLD + 1) tell(`More ${what} follow, and are counted.`);
  };
  let bar: SingleBar | undefined;
  const stop = (): void => {
    if (!bar) return;
    // Once more, with what was told last.
    bars?.update();
    bars?.stop();
    if (!bars) bar.stop();
    bar = undefined;
  };
  return {
    listener: {
      read(bytes) {
        read += bytes;
        bar?.update(read);
      },
      imported(what, count) {
        counts[what] += count;
      },
      fault: (file, line, reason) => tellOf('faults', file, line, reason),
      note: (file, line, text) => tellOf('notes', file, line, text),
    },
    start(files) {
      const total = files.reduce((sum, { size }) => sum + size, 0);
      bar = bars?.create(total, 0) ?? new SingleBar(options);
      if (!bars) bar.start(total, 0);
    },
    end(interrupted) {
      wasInterrupted = interrupted;
      stop();
      out.write(`${summary(counts, told)}\n`);
      if (interrupted) out.write('Interrupted. Run the same command again to go on.\n');
    },
    close: stop,
    exitCode: () => (wasInterrupted ? 130 : told.faults > 0 ? 1 : 0),
  };
}

/** What files hold may quote itself in a fault, and a terminal obeys control characters. */
function harmless(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
  return shown.length > LONGEST_TOLD ? `${shown.slice(0, LONGEST_TOLD)}…` : shown;
}

const number = new Intl.NumberFormat('en');

/** "[=====     ] 16 % · 2,520 posts · 2,310 a second · about 4 s left" */
function progressLine(
  params: Params,
  { topics, replies }: ImportCounts,
  { onTerminal, now }: { readonly onTerminal: boolean; readonly now: Date },
): string {
  const done = Math.round(params.progress * BAR_LENGTH);
  const bar = onTerminal ? `[${'='.repeat(done)}${' '.repeat(BAR_LENGTH - done)}] ` : '';
  const seconds = (now.getTime() - params.startTime) / 1_000;
  const posts = topics + replies;
  const rate = seconds > 0 ? Math.round(posts / seconds) : 0;
  const left = params.eta > 0 && Number.isFinite(params.eta) ? ` · about ${timeOf(params.eta)} left` : '';
  return `${bar}${Math.floor(params.progress * 100)} % · ${counted(posts, 'post', 'posts')} · ${number.format(rate)} a second${left}`;
}

function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3_600)} h`;
}

function summary(
  { topics, replies, members, sections, tags, known }: ImportCounts,
  { faults, notes }: { readonly faults: number; readonly notes: number },
): string {
  const parts = [
    `Imported ${counted(topics, 'topic', 'topics')} with ${counted(replies, 'reply', 'replies')}`,
    counted(members, 'member', 'members'),
    counted(sections, 'section', 'sections'),
    counted(tags, 'tag', 'tags'),
  ];
  const were = known > 0 ? ` ${counted(known, 'record was', 'records were')} here already.` : '';
  const left = faults > 0 ? ` ${counted(faults, 'line was', 'lines were')} left out.` : '';
  const noted = notes > 0 ? ` ${counted(notes, 'note', 'notes')}.` : '';
  return `${parts.join(', ')}.${were}${left}${noted}`;
}

function counted(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
