// Turns what PostgreSQL's programs wrote before they gave up into a sentence for the person who started the forum.

const SERIOUS = /\b(?:PANIC|FATAL|error): +(.*?)\.?$/;
const EXPLANATION = /\b(?:DETAIL|HINT): +(.*?)\.?$/;

/** The first serious error with its explanations, in PostgreSQL's words, and what to do: `advice` where nothing is known. */
export function reasonIn(output: string, advice: string): string {
  const lines = output.trim().split('\n');
  const first = lines.findIndex((line) => SERIOUS.test(line));
  const said = [SERIOUS.exec(lines[first] ?? '')?.[1] ?? lines.at(-1)];
  for (const line of first < 0 ? [] : lines.slice(first + 1)) {
    const explanation = EXPLANATION.exec(line)?.[1];
    if (explanation === undefined) break;
    said.push(explanation);
  }
  const full = output.includes('No space left on device');
  return `It says: ${said.join('. ')}. ${full ? 'The disk is full: free some space and start again.' : advice}`;
}
