// Made-up titles and texts whose words are as unevenly frequent, and whose lengths are as uneven, as people's.
import { lognormal, type Random, zipf } from './random.ts';

/** In every second sentence: what full-text search drops, so that texts have real lengths. */
const STOP_WORDS =
  'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which'.split(
    ' ',
  );

/** The words of the trade come first: they are the common ones that people search for. */
const TRADE =
  `model training inference data compute chip funding round valuation agent benchmark release open weights licence context
  window token price cost energy grid power centre cloud supply memory packaging fab export policy act regulation court
  copyright privacy safety evaluation red team alignment reasoning tool code developer enterprise contract revenue margin
  hiring layoff skill wage startup seed series investor fund debt bond earnings guidance forecast customer churn vendor
  procurement hospital school bank insurer robot vision speech translation search browser phone laptop edge latency cache
  batch quantisation distillation sparse expert attention transformer diffusion retrieval embedding index database pipeline
  fine tuning prompt injection leak theft security audit incident outage postmortem roadmap partner merger acquisition
  antitrust tariff sanction ministry commission parliament senate agency standard watermark provenance synthetic label
  annotator crowd survey study paper preprint replication dataset corpus crawl robots publisher newsroom author union
  strike settlement ruling appeal europe france germany japan korea taiwan india gulf africa brazil canada`.split(
    /\s+/,
  );

const SYLLABLES = 'ba co di fe gu la mi no pe ra si to vu wa xe yo za bre clo dri fle gru pla sti tra'.split(
  ' ',
);

/** As many different words as people use; the rare ones are made of syllables. */
export const WORDS = 30_000;
/** Some fifty words are nearly as common as the first: the commonest stands in one text of twenty. */
const HEAD = 50;

/** The word of a frequency rank. */
export function wordAt(rank: number): string {
  const trade = TRADE[rank];
  if (trade !== undefined) return trade;
  let word = '';
  // The same digits never stand for two ranks, and no word is as short as a stop word.
  for (let rest = rank; rest > 0 || word.length < 5; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

function phrase(random: Random, length: number): string {
  const words: string[] = [];
  for (let n = 0; n < length; n += 1) {
    if (random() < 0.35) words.push(STOP_WORDS[Math.floor(random() * STOP_WORDS.length)]!);
    words.push(wordAt(zipf(random, WORDS, HEAD)));
  }
  return words.join(' ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Five to eleven words, at most 150 characters. */
export function title(random: Random): string {
  return capitalised(phrase(random, 5 + Math.floor(random() * 7)).slice(0, 150));
}

/** What somebody wrote, and what the forum's renderer makes of it. */
export interface Text {
  readonly markdown: string;
  readonly html: string;
}

/**
 * A median of some 120 characters, one text in a hundred above 1,500; a third have paragraphs, one in twelve a link, one in
 * 25 a quotation: as the archive of real threads has it.
 */
export function body(random: Random): Text {
  const words = Math.max(3, Math.round(Math.min(1_500, lognormal(random, 13, 1.08))));
  const blocks: Text[] = [];
  if (random() < 0.04) blocks.push(quotation(phrase(random, 8)));
  for (let left = words; left > 0; left -= 40) blocks.push(paragraph(sentences(random, Math.min(40, left))));
  if (random() < 0.08) blocks.push(link(`https://source.example/${wordAt(zipf(random, WORDS, HEAD))}`));
  return {
    markdown: blocks.map(({ markdown }) => markdown).join('\n\n'),
    html: blocks.map(({ html }) => html).join('\n'),
  };
}

function sentences(random: Random, words: number): string {
  const made: string[] = [];
  for (let left = words; left > 0; left -= 12)
    made.push(`${capitalised(phrase(random, Math.min(12, left)))}.`);
  return made.join(' ');
}

const paragraph = (text: string): Text => ({ markdown: text, html: `<p>${text}</p>` });
const quotation = (text: string): Text => ({
  markdown: `> ${text}`,
  html: `<blockquote>\n<p>${text}</p>\n</blockquote>`,
});
const link = (url: string): Text => ({
  markdown: url,
  html: `<p><a href="${url}" rel="ugc nofollow noopener">${url}</a></p>`,
});
