// Writing with help, in Chromium: quoting what is selected, names and tags that complete themselves.
import { expect, test } from 'vitest';
import { signIn } from './chromium.ts';
import { people } from './people.ts';

const another = people(true);

test('Quote takes what is selected, "@" offers who is here, and Enter takes the first', async () => {
  const page = await another();
  await signIn(page, 'kevin_h');
  await page.goto('/new');
  await page
    .locator('.row-tail a', { hasText: /^[3-9] replies/ })
    .first()
    .click();
  const reply = page.locator('.reply:has(.act-quote)').first();
  const quoted = await reply
    .locator('.prose p')
    .first()
    .evaluate((paragraph) => {
      const text = paragraph.firstChild as Text;
      getSelection()?.setBaseAndExtent(text, 0, text, 12);
      return text.data.slice(0, 12).trim();
    });
  await reply.locator('.act-quote').first().click();
  const text = page.locator('.reply .composer textarea');
  await expect.poll(() => text.inputValue()).toBe(`> ${quoted}\n\n`);
  expect(await page.locator('.reply .composer .label').first().textContent()).toMatch(/^Reply to /);

  await text.pressSequentially('@lu');
  const offers = page.locator('.offers [role=option]');
  await offers.first().waitFor();
  const name = await offers.first().evaluate((option: HTMLElement) => option.dataset.value);
  expect(await text.getAttribute('aria-activedescendant')).toBe('offer-0');
  await text.press('Enter');
  expect(await text.inputValue()).toBe(`> ${quoted}\n\n@${name} `);
  await text.pressSequentially('and @lu');
  await offers.first().waitFor();
  await text.press('Escape');
  await expect.poll(() => offers.count()).toBe(0);
  expect(await text.inputValue()).toMatch(/and @lu$/);
});

test('a tag is chosen by arrows or by a press, and what was typed is sent when none is chosen', async () => {
  const page = await another();
  await signIn(page, 'kevin_h');
  await page.goto('/submit');
  const tags = page.getByLabel('Tags');
  await tags.pressSequentially('ope');
  const offers = page.locator('.offers [role=option]');
  await offers.first().waitFor();
  expect(await tags.getAttribute('aria-activedescendant')).toBeNull();
  const [first = ''] = await offers.evaluateAll((options: HTMLElement[]) =>
    options.map(({ dataset }) => dataset.value),
  );
  await tags.press('ArrowDown');
  await tags.press('Enter');
  expect(await tags.inputValue()).toBe(`${first}, `);
  await tags.pressSequentially('inf');
  await offers.first().waitFor();
  await offers.first().click();
  expect((await tags.inputValue()).split(', ')).toHaveLength(3);
});
