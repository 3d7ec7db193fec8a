// The headers by which mail programs put mails about one topic together, and end mails that nobody asked for one by one.

export interface HeaderFacts {
  /** Where mails like this one are ended, by one click too (RFC 8058). */
  readonly unsubscribeHref: string;
  /** Names the mail among all of this forum: sent twice, it is one to mail programs. */
  readonly name?: string;
  /** Names what it belongs to: mails of one thread stand together. */
  readonly thread?: string;
}

/** Headers of RFC 5322 (threads), RFC 2919 (List-Id) and RFC 8058 (one click). */
export function mailHeaders({
  unsubscribeHref,
  name,
  thread,
}: HeaderFacts): Readonly<Record<string, string>> {
  const { hostname } = new URL(unsubscribeHref);
  const id = (local: string) => `<${local}@${hostname}>`;
  return {
    ...(name !== undefined && { 'Message-ID': id(name) }),
    ...(thread !== undefined && { 'In-Reply-To': id(thread), References: id(thread) }),
    'List-Id': `<notices.${hostname}>`,
    'List-Unsubscribe': `<${unsubscribeHref}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
