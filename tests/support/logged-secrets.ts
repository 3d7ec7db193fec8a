// What nobody may find in a log: every secret that a test types, is given in a cookie or reads in a mail is noted here,
// and after each test the lines that the application logged are searched for them.

/** Fields that people type secrets into, and those by which a link shows that it is one of ours. */
const SECRET_FIELD = /password|^(?:current|code|recovery|key|credential|token|email)$/;
/** Shorter texts stand in any log by chance. */
const SHORTEST = 8;

/** Of a test that types thousands the first ones do: what is done with one is done with all. */
const MOST = 500;

const noted = new Set<string>();

function note(text: string): void {
  if (text.length >= SHORTEST && noted.size < MOST) noted.add(text);
}

/** Of a form that is sent. */
export function noteSecretFields(fields: readonly (readonly [string, string])[]): void {
  for (const [name, value] of fields) if (SECRET_FIELD.test(name)) note(value);
}

/** Of an address that is asked for. */
export function noteSecretsOfAddress(path: string): void {
  noteSecretFields([...new URL(path, 'http://this.invalid').searchParams]);
}

/** Of an answer: the cookies it sets, by which a session is opened. */
export function noteCookies(headers: object): void {
  const cookies = [(headers as { 'set-cookie'?: string | string[] })['set-cookie'] ?? []].flat();
  for (const cookie of cookies) note(/^[^=]+=([^;]*)/.exec(cookie)?.[1] ?? '');
}

/** The first line that holds a secret noted since the last time this was asked, or undefined. */
export function findLeak(lines: readonly string[]): string | undefined {
  const secrets = [...noted].flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
  ]);
  noted.clear();
  return lines.find((line) => secrets.some((secret) => line.includes(secret)));
}
