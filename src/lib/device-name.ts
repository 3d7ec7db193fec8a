// What a browser says it is, as people call it. The names are a closed list: a header that anybody can write must not
// put words into a page or a mail.

/** Most pretend to be others, too: the first that fits is meant. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOP[RTX]\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:(?:Headless)?Chrome|Chromium|CriOS)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\b(?:Linux|X11)\b/],
];

/** The User-Agent headers of browsers have at most some 250 characters. */
const LONGEST = 500;

/** "Firefox on Windows"; "Unknown browser" for what is none, or none of the common ones. */
export function deviceName(userAgent: string): string {
  const text = userAgent.slice(0, LONGEST);
  const named = (list: typeof BROWSERS) => list.find(([, sign]) => sign.test(text))?.[0];
  const system = named(SYSTEMS);
  return (named(BROWSERS) ?? 'Unknown browser') + (system === undefined ? '' : ` on ${system}`);
}
