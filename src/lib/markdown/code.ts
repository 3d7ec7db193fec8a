// Colours for code: classes only (the pages allow no inline style), for the languages people of this field paste.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import plaintext from 'highlight.js/lib/languages/plaintext';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { escapeHtml } from '../html.ts';

// prettier-ignore
const languages = {
  bash, c, cpp, css, diff, dockerfile, go, ini, java, javascript, json, plaintext, python, rust, shell, sql,
  typescript, xml, yaml,
};
for (const [name, definition] of Object.entries(languages)) hljs.registerLanguage(name, definition);

/** Some languages' patterns take quadratic time, most of them within a line: no listing of a post is so long or wide. */
const LONGEST_COLOURED = 10_000;
const WIDE_LINE = /[^\n]{501}/;
/** A matrix of numbers becomes 25 times as long with colours: a listing that grows beyond this goes without. */
const MOST_MARKUP = { factor: 6, floor: 1_000 };

export interface ColouredCode {
  readonly html: string;
  /** The language in lower case when it is one we know, else undefined. */
  readonly language: string | undefined;
}

/** HTML of a listing; `info` is what follows the fence, its first word names the language. */
export function colourCode(code: string, info: string | undefined): ColouredCode {
  const name = info?.match(/^\S+/)?.[0].toLowerCase();
  const language = name !== undefined && hljs.getLanguage(name) ? name : undefined;
  const plain = { html: escapeHtml(code), language };
  if (language === undefined || code.length > LONGEST_COLOURED || WIDE_LINE.test(code)) return plain;
  const html = hljs.highlight(code, { language, ignoreIllegals: true }).value;
  const most = Math.max(MOST_MARKUP.floor, code.length * MOST_MARKUP.factor);
  return html.length > most ? plain : { html, language };
}
