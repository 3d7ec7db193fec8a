// What other sites say of people, as texts that can be stored and shown.

/** As long as an e-mail address; nobody knows an account by more. */
const LONGEST = 254;

/** Those of the values that are texts, on one line, without control characters and what cannot be encoded. */
export function textsOf(...values: readonly unknown[]): string[] {
  return values
    .filter((value) => typeof value === 'string')
    .map((text) =>
      text
        .toWellFormed()
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '' && text.length <= LONGEST);
}
