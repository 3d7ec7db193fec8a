// Mail leaves by a Mailer: over SMTP, or into a mailbox in memory for development and tests. Whatever would become a
// header is checked here, so that nothing typed by somebody can add a recipient or a header of its own.
import type { Clock } from './clock.ts';

export interface Mail {
  /** One bare address. */
  readonly to: string;
  /** Shown beside the address that the mailer sends from. */
  readonly senderName: string;
  /** One bare address for answers; undefined: the one it was sent from. */
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Besides those that every mail has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Mailer {
  /** Resolves once somebody else has taken the mail over. @throws when it could not be handed on; it may be tried again. */
  send(mail: Mail): Promise<void>;
}

/** A server that takes longer is down: the job waits, and tries again later, instead of holding up the others. */
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * @param url smtp:// (encrypted when the server offers it) or smtps://; a password is sent encrypted or not at all.
 * @param from the bare address that mails come from.
 */
export function smtpMailer(url: string, from: string): Mailer {
  // Made for the first mail: what speaks SMTP is large, and no page waits for it.
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url,
      requireTLS: new URL(url).password !== '',
      disableFileAccess: true,
      disableUrlAccess: true,
      ...TIMEOUTS_MS,
    });
  };
  let transport: ReturnType<typeof open> | undefined;
  return {
    async send(mail) {
      checkHeaders(mail);
      const { to, senderName, replyTo, subject, text, html, headers = {} } = mail;
      transport ??= open();
      await (
        await transport
      ).sendMail({
        from: { name: senderName, address: from },
        to: { name: '', address: to },
        ...(replyTo !== undefined && { replyTo: { name: '', address: replyTo } }),
        subject,
        text,
        html,
        // RFC 3834: holiday notices and the like do not answer it.
        headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}

export interface KeptMail extends Mail {
  /** Counted from 1. */
  readonly n: number;
  readonly at: Date;
}

const MOST_KEPT = 200;

/** Keeps the last mails instead of sending them, and is as strict about them as SMTP. */
export class Mailbox implements Mailer {
  readonly #clock: Clock;
  #kept: readonly KeptMail[] = [];
  #received = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async send(mail: Mail): Promise<void> {
    checkHeaders(mail);
    this.#received += 1;
    const kept = { ...mail, n: this.#received, at: this.#clock.now() };
    this.#kept = [kept, ...this.#kept].slice(0, MOST_KEPT);
  }

  /** Newest first. */
  mails(): readonly KeptMail[] {
    return this.#kept;
  }

  find(n: number): KeptMail | undefined {
    return this.#kept.find((mail) => mail.n === n);
  }
}

/** Neither a list of addresses nor a name with one: none of the characters that separate them in a header. */
const BARE_ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;
/** Line breaks end a header, and begin the next one; no other control character belongs into one either. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

function checkHeaders({ to, senderName, replyTo, subject, headers = {} }: Mail): void {
  // The value is not repeated: it would stand in the log.
  if (!BARE_ADDRESS.test(to)) throw new Error('A mail goes to one plain address; this is none.');
  if (replyTo !== undefined && !BARE_ADDRESS.test(replyTo))
    throw new Error('Answers go to one plain address; this is none.');
  if (!LINE.test(subject)) throw new Error('The subject of a mail is one line; this is more.');
  if (!LINE.test(senderName)) throw new Error('The name of a sender is one line; this is more.');
  if (!Object.values(headers).every((value) => LINE.test(value)))
    throw new Error('A header of a mail is one line; this is more.');
}
