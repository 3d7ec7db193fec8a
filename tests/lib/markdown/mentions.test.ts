import { describe, expect, it, test } from 'vitest';
import { mentionedNames } from '../../../src/lib/markdown/render.ts';
import { inline } from './rendering.ts';

const anna = '<a class="mention" href="/u/anna">@anna</a>';

describe('mentions', () => {
  test.each([
    ['@anna', anna],
    ['Thanks, @anna.', `Thanks, ${anna}.`],
    ['(@anna)/@ANNA', `(${anna})/@ANNA`],
    ['*@anna* **@anna** ~~@anna~~', `<em>${anna}</em> <strong>${anna}</strong> <del>${anna}</del>`],
    ['@ANNA', '<a class="mention" href="/u/anna">@ANNA</a>'],
    ["@anna's and @anna: @anna…", `${anna}'s and ${anna}: ${anna}…`],
    ['@anna & "@max-7"', `${anna} &amp; "<a class="mention" href="/u/max-7">@max-7</a>"`],
    ['感谢@anna的帖子', `感谢${anna}的帖子`],
    ['# @anna', `<h2 dir="auto">${anna}</h2>`],
    ['| @anna |\n|-|', expect.stringContaining(`<th scope="col">${anna}</th>`)],
  ])('%j speaks to a member', (markdown, expected) => {
    expect(inline(markdown)).toEqual(expected);
    expect(mentionedNames(markdown)).toContain('anna');
  });

  test.each([
    ['`@anna`'],
    ['```\n@anna\n```'],
    ['    @anna'],
    ['[@anna](https://x.example)'],
    ['![@anna](https://x.example)'],
    ['https://x.example/@anna'],
    ['medium.example/@anna'],
    ['me@anna.example'],
    ['me@anna'],
    ['@anna@social.example'],
    ['@anna.social.example'],
    ['@anna/pkg'],
    ['@annañ'],
    ['@@anna'],
    ['\\@anna'],
    ['@ anna'],
    ['<a title="@anna">'],
  ])('%j does not', (markdown) => {
    expect(inline(markdown)).not.toContain('class="mention"');
    expect(mentionedNames(markdown)).not.toContain('anna');
  });

  test.each(['@bob', '@constructor', '@toString', '@a', `@${'a'.repeat(26)}`])(
    '%s is nobody here',
    (markdown) => {
      expect(inline(markdown)).toBe(markdown);
    },
  );
});

describe('mentionedNames', () => {
  it('finds each name once, in lower case, in the order of the text, wherever it stands', () => {
    const markdown =
      '# @Zoe\n\n> @bob\n\n- @Carl\n  - @dora_1\n\n|@eve|\n|-|\n|@bob|\n\nNote[^1] **@fay**\n\n[^1]: @gus';
    expect(mentionedNames(markdown).sort()).toEqual(['bob', 'carl', 'dora_1', 'eve', 'fay', 'gus', 'zoe']);
    expect(mentionedNames('@bob @Bob @al')).toEqual(['bob', 'al']);
  });

  it('stops at fifty', () => {
    const names = Array.from({ length: 80 }, (_, i) => `@name${i}`);
    expect(mentionedNames(names.join(' '))).toHaveLength(50);
  });

  it('finds none in a text that cannot be read', () => {
    expect(mentionedNames(`${'>'.repeat(5_000)} @anna`)).toEqual([]);
  });
});
