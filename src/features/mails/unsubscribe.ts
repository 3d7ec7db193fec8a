// Links by which mails about notices are ended: without logging in, since whoever gets a mail may end it (RFC 8058). The key
// says whose mails and which, never expires, and opens nothing else.
import { type MemberId, readId } from '../../domain/ids.ts';
import { type Mailing, MAILINGS, NOTICE_KINDS, type NoticeKind } from '../../domain/notices.ts';
import { openSealedKey, sealedKey } from '../../lib/sealed-key.ts';
import { paths } from '../../web/paths.ts';

/** Which mails: those at once about a kind of notice, or what is sent once a day or week. */
export type Unsubscribed = NoticeKind | Mailing;

const ALL: readonly Unsubscribed[] = [...NOTICE_KINDS, ...MAILINGS];
const PURPOSE = 'unsubscribe';

/** The path of the page that ends these mails; the same path takes the one click of mail programs. */
export function unsubscribeLink(secret: string, memberId: MemberId, what: Unsubscribed): string {
  return paths.unsubscribe({ key: sealedKey(secret, PURPOSE, `${memberId}-${what}`) });
}

/** Whose mails a key ends, and which; undefined for what no mail of ours ever said. */
export function openUnsubscribeKey(
  secret: string,
  key: unknown,
): { readonly memberId: MemberId; readonly what: Unsubscribed } | undefined {
  const [, id, name] = /^(\d+)-(.+)$/.exec(openSealedKey(secret, PURPOSE, key) ?? '') ?? [];
  const memberId = readId<MemberId>(id);
  const what = ALL.find((each) => each === name);
  return memberId === undefined || what === undefined ? undefined : { memberId, what };
}
