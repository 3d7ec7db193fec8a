// Adds up vitest's reports; a missing report, a skipped test or a failed step counts as a failure. What failed is named
// last, since records of long runs are often cut to their end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of a failure's message that are shown. */
const MESSAGE_LINES = 12;

const [folder, failedSteps, ...names] = process.argv.slice(2);
let passed = 0;
let failed = Number(failedSteps);
const counts = [];
const failures = [];
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    const skipped = report.numPendingTests + report.numTodoTests;
    passed += report.numPassedTests;
    failed += report.numFailedTests + skipped;
    counts.push(
      `${name}: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped`,
    );
    failures.push(...report.testResults.flatMap((file) => failuresOf(name, file)));
  } catch {
    counts.push(`${name}: no report`);
    failed += 1;
  }
}

/** What went wrong in one test file, each as a few lines; what stopped the file as a whole too. */
function failuresOf(name, { name: path, message, assertionResults }) {
  const wrong = assertionResults.filter(({ status }) => status !== 'passed');
  const told = wrong.map(({ status, fullName, failureMessages }) =>
    describe(`${name}: ${path}: ${fullName} (${status})`, failureMessages?.join('\n') ?? ''),
  );
  return message ? [describe(`${name}: ${path}`, message), ...told] : told;
}

function describe(title, message) {
  const lines = message.split('\n').slice(0, MESSAGE_LINES);
  return [`FAILED ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

for (const line of [...counts, ...failures]) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
