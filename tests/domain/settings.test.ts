import { describe, expect, test } from 'vitest';
import { DEFAULT_SECTIONS } from '../../src/domain/sections.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { checkSettings, DEFAULT_SETTINGS } from '../../src/domain/settings.ts';
import { slugOf } from '../../src/domain/slug.ts';

describe('checkSettings', () => {
  test('what is not there has its default, and the defaults pass their own checks', () => {
    expect(checkSettings({})).toEqual({ ok: true, settings: DEFAULT_SETTINGS });
    expect(checkSettings({ ...DEFAULT_SETTINGS })).toEqual({ ok: true, settings: DEFAULT_SETTINGS });
  });

  test.each<[keyof Settings, unknown, unknown]>([
    ['name', '  Chip\u200BTalk ', 'ChipTalk'],
    ['name', 'x'.repeat(40), 'x'.repeat(40)],
    ['tagline', '', ''],
    ['tagline', 'x'.repeat(120), 'x'.repeat(120)],
    ['accent', ' #A41F17 ', '#a41f17'],
    ['rules', 'Be kind.\r\nAlways.', 'Be kind.\nAlways.'],
    ['contact', 'desk@example.com', 'desk@example.com'],
    ['contact', '', ''],
    ['signUp', 'closed', 'closed'],
    ['newMemberLimits', 'off', 'off'],
  ])('%s of %j is read as %j', (name, given, expected) => {
    expect(checkSettings({ [name]: given })).toMatchObject({ ok: true, settings: { [name]: expected } });
  });

  test.each<[keyof Settings, unknown, string]>([
    ['name', ' ', 'Say what the forum is called.'],
    ['name', 'x'.repeat(41), 'The name is too long by 1: it may have 40 characters.'],
    ['tagline', 'x'.repeat(121), 'The tagline is too long by 1: it may have 120 characters.'],
    ['accent', 'red', 'Write the colour as # and six hexadecimal digits: #00666a.'],
    ['accent', '#fffffe', 'This colour is too pale to be read on a white page. Choose a darker one.'],
    ['rules', ' \n', 'Write what the page “Rules” says.'],
    ['about', '', 'Write what the page “About” says.'],
    ['privacy', 'x'.repeat(20_001), 'The text on privacy is too long by 1: it may have 20000 characters.'],
    ['contact', 'desk', 'This is not an e-mail address: it should look like name@example.com.'],
    ['signUp', 'maybe', 'Choose whether people can sign up.'],
    ['signUp', ['open'], 'Choose whether people can sign up.'],
    ['newMemberLimits', '', 'Choose when the limits of new members hold.'],
  ])('%s of %j: %s', (name, given, expected) => {
    expect(checkSettings({ [name]: given })).toEqual({ ok: false, faults: { [name]: expected } });
  });

  test('all faults are told at once', () => {
    expect(checkSettings({ name: '', accent: 'red' })).toMatchObject({
      ok: false,
      faults: {
        name: 'Say what the forum is called.',
        accent: expect.stringContaining('hexadecimal') as string,
      },
    });
  });
});

test('the texts of a new forum say the figures that hold', () => {
  expect(DEFAULT_SETTINGS.rules).toContain('An edit within 5 minutes leaves no mark');
  expect(DEFAULT_SETTINGS.rules).toContain('24 hours, earlier versions stay readable');
  expect(DEFAULT_SETTINGS.privacy).toContain('30 days later');
  expect(DEFAULT_SETTINGS.about).toContain('the first 2 posts');
});

test('the sections of a new forum have addresses as slugs are', () => {
  expect(DEFAULT_SECTIONS.map(({ slug }) => slug)).toEqual(DEFAULT_SECTIONS.map(({ name }) => slugOf(name)));
});
