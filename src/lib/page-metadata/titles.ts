// Titles without the name of the site at their end, and what only looks like a title.

/** Between a headline and the site's name; a hyphen within words has no spaces around it. */
const LAST_PART = /^(.*\S)\s+[-–—|·•:»]+\s+(.*?)$/;

/** @param siteNames every name by which the site is known, its host among them */
export function withoutSiteName(title: string, siteNames: readonly string[]): string {
  const [, headline, last = ''] = LAST_PART.exec(title) ?? [];
  if (headline === undefined || plainName(last) === '') return title;
  return siteNames.some((name) => plainName(name) === plainName(last)) ? headline : title;
}

/** "The Verge", "theverge" and "TheVerge" are one name. */
function plainName(name: string): string {
  const letters = name.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, '');
  return letters.startsWith('the') && letters.length > 'the'.length ? letters.slice('the'.length) : letters;
}

/** A host as a name that titles may end in: example.com, and "example" alone. */
export function namesOfHost(host: string): string[] {
  const plain = host.replace(/^www\./, '');
  return [plain, plain.replace(/\.[^.]+$/, '')];
}

const NO_TITLE =
  /^(?:untitled(?: document)?(?: ?-?\d+)?|document\d*|title|presentation\d*|slide \d+|powerpoint presentation|microsoft (?:word|powerpoint|excel) ?-.*|layout \d+|no title|paper title.*|\(?anonymous\)?|print|scan\w*|full ?page (?:photo|print))$/i;
const FILE_NAME =
  /^\S+\.(?:pdf|docx?|odt|rtf|tex|dvi|indd|pptx?|xlsx?|qxp|ps|eps|txt|html?|md)$|^[\w-]*[\\/]\S*$/i;

/** False for what programs write where nobody gave a title: "untitled", "Microsoft Word - x.docx", a file's name. */
export function isRealTitle(title: string): boolean {
  return /\p{Letter}{2}/u.test(title) && !FILE_NAME.test(title) && !NO_TITLE.test(title);
}
