// Adds up vitest's reports; a missing report, a skipped test or a failed step counts as a failure.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedSteps, ...names] = process.argv.slice(2);
let passed = 0;
let failed = Number(failedSteps);
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numPendingTests + report.numTodoTests;
    console.log(
      `${name}: ${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests + report.numTodoTests} skipped`,
    );
  } catch {
    console.log(`${name}: no report`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
