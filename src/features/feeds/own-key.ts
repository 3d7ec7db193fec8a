// The key of a member's own feed, which stands in its address since feed readers do not log in: whose it is and which of
// the member's keys, sealed. It opens what they follow for reading, and nothing else.
import { type MemberId, readId } from '../../domain/ids.ts';
import { openSealedKey, sealedKey } from '../../lib/sealed-key.ts';

export interface OwnKey {
  readonly memberId: MemberId;
  /** As the member's row has it: a new key is one higher, and ends those before. */
  readonly version: number;
}

const PURPOSE = 'feed';

/** For the address of the feed. */
export function ownFeedKey(secret: string, { memberId, version }: OwnKey): string {
  return sealedKey(secret, PURPOSE, `${memberId}-${version}`);
}

/** What a key says that one of the secrets has sealed; undefined for every other text. */
export function openOwnFeedKey(secrets: readonly string[], key: unknown): OwnKey | undefined {
  for (const secret of secrets) {
    const [, id, version] = /^(\d+)-(\d{1,9})$/.exec(openSealedKey(secret, PURPOSE, key) ?? '') ?? [];
    const memberId = readId<MemberId>(id);
    if (memberId !== undefined) return { memberId, version: Number(version) };
  }
  return undefined;
}
