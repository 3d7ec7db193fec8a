// Forms come back as they were typed: a Form holds the raw values and, per field, what is wrong with it.

/** One field as a template shows it. `error` is '' when there is nothing wrong (strict templates want the key). */
export interface Field {
  readonly value: string;
  readonly error: string;
}

export interface Form<Name extends string> {
  readonly fields: Readonly<Record<Name, Field>>;
  /** The same errors as a list, for the box at the top of the page with links to the fields. */
  readonly errors: readonly { readonly field: string; readonly error: string }[];
  readonly hasErrors: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** The body of a POST as a record; anything else (JSON arrays, nothing at all) reads as an empty form. */
export function formBody(body: unknown): Body {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : {};
}

/**
 * A text field. Browsers send CRLF, and a body may hold what PostgreSQL refuses (NUL) or cannot encode (lone surrogates):
 * both are taken out here, once. A name sent twice counts as its last value.
 */
export function readText(body: Body, name: string): string {
  const sent = body[name];
  const text: unknown = Array.isArray(sent) ? sent.at(-1) : sent;
  return typeof text === 'string' ? text.toWellFormed().replaceAll('\u0000', '').replace(/\r\n?/g, '\n') : '';
}

/** A one-line field: white space at the ends and runs of it inside are not meant. */
export function readLine(body: Body, name: string): string {
  return readText(body, name).replace(/\s+/gu, ' ').trim();
}

/** A checkbox or a button with a value. */
export function readFlag(body: Body, name: string): boolean {
  const text = readText(body, name);
  return text !== '' && text !== '0' && text !== 'false';
}

/** Builds a Form from raw values and the faults found; an undefined or empty fault means the field is fine. */
export function formOf<Name extends string>(
  values: Readonly<Record<Name, string>>,
  faults?: Readonly<Partial<Record<Name, string | undefined>>>,
): Form<Name> {
  const names = Object.keys(values) as Name[];
  const fields = Object.fromEntries(
    names.map((name) => [name, { value: values[name], error: faults?.[name] ?? '' }]),
  );
  const errors = names.flatMap((name) => {
    const error = faults?.[name];
    return error ? [{ field: name, error }] : [];
  });
  return { fields: fields as Record<Name, Field>, errors, hasErrors: errors.length > 0 };
}
