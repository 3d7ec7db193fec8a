// Where the corpora lie (beside the repository's folder, never in it), whether they are there, and their lists of strings.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, test } from 'vitest';

export interface StringList {
  readonly name: string;
  /** As a person would type or paste them, each once, in the order of the file. */
  readonly strings: readonly string[];
}

const FOLDER = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url));
const ABSENT = 'skipped: the corpora are not there (../shared/corpora beside the repository)';

const corporaAreThere = existsSync(FOLDER);

/** Tests that need the corpora. Without them one skipped test says why, and `body` is not run at all. */
export function describeWithCorpora(name: string, body: () => void): void {
  describe(name, () => {
    if (corporaAreThere) body();
    else test.skip(ABSENT);
  });
}

/** The place of a file of the corpora on this disk. */
export function corpusPath(path: string): string {
  return FOLDER + path;
}

function readCorpus(path: string): string {
  return readFileSync(corpusPath(path), 'utf8');
}

/** DOMPurify's cases, every attack list, and the code in the attack articles. */
export function xssLists(): StringList[] {
  const folder = 'xss/payloadsallthethings/';
  const cases = JSON.parse(readCorpus('xss/dompurify-expect.json')) as { readonly payload: string }[];
  const files = readdirSync(corpusPath(folder)).toSorted();
  return [
    listOf(
      'dompurify-expect',
      cases.map(({ payload }) => payload),
    ),
    ...files.map((file) => {
      const text = readCorpus(folder + file);
      return listOf(file, file.endsWith('.md') ? codeOf(text) : linesOf(text));
    }),
  ];
}

export function naughtyStrings(): StringList {
  return listOf('blns', JSON.parse(readCorpus('naughty-strings/blns.json')) as string[]);
}

/** The Markdown of every example of the specifications. */
export function markdownExamples(): StringList[] {
  const folder = 'markdown-specs/';
  const texts = [
    'commonmark-spec-0.31.2.txt',
    'gfm-spec-0.29.txt',
    'gfm-extensions.txt',
    'cmark-gfm-regression.txt',
  ];
  const marked = JSON.parse(readCorpus(`${folder}marked-gfm.0.29.json`)) as { readonly markdown: string }[];
  return [
    ...texts.map((file) => listOf(file, examplesOf(readCorpus(folder + file)))),
    listOf(
      'marked-gfm.0.29',
      marked.map(({ markdown }) => markdown),
    ),
  ];
}

/** Addresses as typed; hosts and pieces of queries stand in an address. */
export function urlLists(): StringList[] {
  const inputs = (file: string): string[] =>
    (JSON.parse(readCorpus(`urls/${file}`)) as unknown[]).flatMap((entry) =>
      typeof entry === 'object' && entry !== null && 'input' in entry && typeof entry.input === 'string'
        ? [entry.input]
        : [],
    );
  const hosts = (file: string): string[] => inputs(file).map((host) => `https://${host}/path`);
  return [
    listOf('urltestdata', inputs('urltestdata.json')),
    listOf('urltestdata-javascript-only', inputs('urltestdata-javascript-only.json')),
    listOf('ada_extra_urltestdata', inputs('ada_extra_urltestdata.json')),
    listOf('toascii', hosts('toascii.json')),
    listOf(
      'IdnaTestV2 (every 20th)',
      hosts('IdnaTestV2.json').filter((_host, index) => index % 20 === 0),
    ),
    listOf(
      'percent-encoding',
      inputs('percent-encoding.json').map((piece) => `https://example.org/${piece}?q=${piece}#${piece}`),
    ),
  ];
}

/** Addresses with what their standard says of them; those that lack something to stand on are not among what fails. */
export function urlVerdicts(): { readonly address: string; readonly fails: boolean }[] {
  const of = (file: string, address = (input: string): string => input) =>
    (JSON.parse(readCorpus(`urls/${file}`)) as unknown[])
      .filter((entry) => typeof entry === 'object' && entry !== null && 'input' in entry)
      .map(
        (entry) =>
          entry as { input: string; base?: string | null; failure?: boolean; output?: string | null },
      )
      .map(({ input, base = null, failure, output }) => ({
        address: address(input),
        fails: (failure === true && base === null) || output === null,
      }));
  const atHost = (host: string): string => `https://${host}/path`;
  return [
    ...of('urltestdata.json'),
    ...of('urltestdata-javascript-only.json'),
    ...of('ada_extra_urltestdata.json'),
    ...of('toascii.json', atHost),
    ...of('IdnaTestV2.json', atHost),
  ];
}

/** The addresses of all links that were submitted to two forums in 2020, in their order; empty for texts. */
export function submittedAddresses(): string[] {
  return ['lobsters-2020', 'proggit-2020'].flatMap((name) => {
    const statements = gunzipSync(readFileSync(corpusPath(`links/${name}.sql.gz`))).toString('utf8');
    // VALUES('id','time','address',…
    const rows = statements.matchAll(/ VALUES\('[^']*','[^']*','((?:[^']|'')*)',/g);
    return [...rows].map(([, address = '']) => address.replaceAll("''", "'"));
  });
}

/** Every string that somebody may try on a forum. */
export function allLists(): StringList[] {
  return [...xssLists(), naughtyStrings(), ...markdownExamples(), ...urlLists()];
}

function listOf(name: string, strings: readonly string[]): StringList {
  return { name, strings: [...new Set(strings)] };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

/** The code of an article in Markdown: each fenced block whole and by lines, and what stands between backticks. */
function codeOf(article: string): string[] {
  const found: string[] = [];
  const prose = article.replace(/^ *```.*\n([^]*?)^ *```/gm, (_block, code: string) => {
    found.push(code.trimEnd(), ...linesOf(code));
    return '';
  });
  for (const [, code = ''] of prose.matchAll(/`([^`\n]+)`/g)) found.push(code);
  return found;
}

/** The left halves of "```… example", Markdown, ".", HTML, "```…"; a → stands for a tab. */
function examplesOf(specification: string): string[] {
  return [...specification.matchAll(/^(`{32}) example.*\n([^]*?)^\.\n[^]*?^\1$/gm)].map(
    ([, , markdown = '']) => markdown.replaceAll('→', '\t'),
  );
}
