// Handing a written mail on, in the forum's name.
import type { Mailer } from '../../lib/mailer.ts';
import type { SiteSource } from '../../web/site.ts';
import type { ViewRenderer, WrittenMail } from '../../web/views.ts';

export interface MailServices {
  /** Undefined: mails are not sent, which the log says of each. */
  readonly mailer: Mailer | undefined;
  readonly views: ViewRenderer;
  readonly site: SiteSource;
  readonly siteUrl: string;
  readonly secret: string;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * @param write what it says; nothing, when what it would have said is over
 * @param about which mail it is and whose, for the log: never the address
 */
export async function deliver(
  { mailer, site, log }: MailServices,
  to: string,
  about: object,
  write: () => WrittenMail | undefined | Promise<WrittenMail | undefined>,
): Promise<void> {
  if (!mailer) {
    log.warn(about, 'a mail was dropped: SMTP_URL is not set');
    return;
  }
  const written = await write();
  if (!written) return;
  const { settings } = site.current();
  const replyTo = settings.contact === '' ? undefined : settings.contact;
  await mailer.send({ to, senderName: settings.name, replyTo, ...written });
}
