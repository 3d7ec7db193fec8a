// What a check of something typed answers, in the form in which it stands beside the field.

/** What is wrong, as a sentence for the person who typed it; undefined when nothing is. */
export type Fault = string | undefined;

/** How long a text is to its writer: code points, so that an emoji counts once, as it does in the database. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}
