// What pages say of other sites to log in by: the links that lead there, and the sentence on what went wrong.
import type { ProviderSettings } from '../../../lib/providers/index.ts';
import { paths } from '../../../web/paths.ts';

export interface ProviderLink {
  readonly href: string;
  readonly name: string;
}

/** What an address may say went wrong. */
export type Trouble = keyof typeof TROUBLES;

const TROUBLES = {
  cancelled: (name: string) => `${name} says that you stopped there.`,
  away: (name: string) => `${name} does not answer at present. Try again in some minutes, or another way.`,
  refused: (name: string) => `${name} gave an answer that cannot be used. Try once more, or another way.`,
  late: () => 'It took too long, was begun in another browser, or has been used. Begin again.',
  unverified: (name: string) =>
    `${name} does not vouch for an e-mail address of yours. Confirm your address there and come back, or log in another way and connect ${name} in your settings.`,
  others: (name: string) => `${name} knows you by an account that is not connected to yours here.`,
} as const;

type ProviderName = Pick<ProviderSettings, 'key' | 'name'>;

/**
 * @param next where they lead in the end
 * @param query what goes along, such as the key of an invitation
 */
export function signInLinks(
  providers: readonly ProviderName[],
  next?: string,
  query: { readonly key?: string } = {},
): readonly ProviderLink[] {
  return providers.map(({ key, name }) => ({ href: paths.signInWith(key, next, { ...query }), name }));
}

/** The sentence, '' for none. @param query as it stands in the address */
export function troubleSentence(
  providers: readonly ProviderName[],
  query: { readonly trouble?: unknown; readonly with?: unknown },
): string {
  const { trouble } = query;
  if (typeof trouble !== 'string' || !Object.hasOwn(TROUBLES, trouble)) return '';
  const provider = providers.find(({ key }) => key === query.with);
  return TROUBLES[trouble as Trouble](provider?.name ?? 'The other site');
}

/** How a site is called: by its key, once it is not offered any more. */
export function providerName(providers: readonly ProviderName[], key: string): string {
  return providers.find((provider) => provider.key === key)?.name ?? key;
}
