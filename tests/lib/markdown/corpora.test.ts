// Every string of the corpora through the renderer: what comes out is plain HTML with nothing in it that runs.
import { expect, test } from 'vitest';
import { renderEscaped } from '../../../src/lib/markdown/index.ts';
import { renderMarkdown } from '../../../src/lib/markdown/render.ts';
import { allLists, describeWithCorpora } from '../../support/corpora.ts';
import { options } from './rendering.ts';
import { faultsIn } from './strict-html.ts';

/** A backslash in a query is a character like others. */
const withoutBackslashes = (html: string) => html.replaceAll(/(?<=href="[^"]*\?[^"]*)\\/g, '%5C');

describeWithCorpora('every string of', () => {
  test.for(allLists().map((list) => [list.name, list.strings] as const))('%s', ([, strings]) => {
    const faults = strings.flatMap((text) => {
      const rendering = renderMarkdown(text, options);
      const html = rendering.ok ? rendering.html : renderEscaped(text);
      return faultsIn(withoutBackslashes(html)).map((fault) => `${fault} <- ${JSON.stringify(text)}`);
    });
    expect(faults).toEqual([]);
  });
});
