// Where an article can be read as it was when it came here, should its address die or lock it away.

/** The copy in the Internet Archive nearest to that moment; there it can also be asked to make one. */
export function archiveHref(url: string, at: Date): string {
  return `https://web.archive.org/web/${at.toISOString().slice(0, 19).replace(/\D/g, '')}/${url}`;
}
