// A "**" that closes nothing. Where a text sets words in bold and one opener was forgotten ("The **U.S.**, EU, and
// China** are"), the mark that is left over is a slip of the pen, and readers need not see it.
import type { Token, Tokens } from 'marked';

/** Behind a word of three letters or more, or a figure, and before a space or a stop: not `2**3`, `**kwargs` or `sh**`. */
const STRAY_CLOSER = /(?<=[\p{L}\p{N}]{3}[.!?”"’')]?)\*\*(?=[\s.,;:!?)\]]|$)/gu;

/** Takes such marks out of the blocks of a text that set something in bold; changes the tokens in place. */
export function dropStrayClosers(tokens: readonly Token[]): void {
  const waiting: (readonly Token[])[] = [tokens];
  for (let siblings = waiting.pop(); siblings; siblings = waiting.pop()) {
    const bold = siblings.some(({ type }) => type === 'strong');
    for (const token of siblings) {
      if (bold && isPlainText(token)) token.text = token.text.replace(STRAY_CLOSER, '');
      if ('tokens' in token && token.tokens) waiting.push(token.tokens);
      if (token.type === 'list') waiting.push((token as Tokens.List).items);
    }
  }
}

function isPlainText(token: Token): token is Tokens.Text {
  return token.type === 'text' && !('tokens' in token);
}
