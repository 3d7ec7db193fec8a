// One line at the foot of the page for what a script has to tell; screen readers hear it.
let line;

export function say(text) {
  if (!line) {
    line = document.createElement('p');
    line.className = 'flash';
    line.setAttribute('role', 'status');
    document.body.append(line);
  }
  line.textContent = text;
  setTimeout(() => {
    if (line.textContent === text) line.textContent = '';
  }, 8_000);
}

/** The sentence of an error answer, or a plain one when there is none. */
export async function explanationOf(response) {
  const answer = await response.json().catch(() => ({}));
  return answer.explanation ?? 'That did not work. Load the page again and try once more.';
}
