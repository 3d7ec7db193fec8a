// What routes that send links need: the secrets that seal them, and how many mails one address may get.
import type { SpendBudget } from '../../web/plugins/rate-budgets.ts';

export interface SecretsOptions {
  /** The forum's, and after it its earlier ones. */
  readonly secrets: readonly [string, ...string[]];
}

export interface MailOptions {
  /** Takes one from the mails that forms may send to the address in a request. */
  readonly spendMail: SpendBudget;
}
