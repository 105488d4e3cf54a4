const { writeSync } = require('node:fs');

/** Jest's own counts as one plain last line, after its summary. A suite that could not run counts as a failure: it has tests that nobody saw pass. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.once('exit', () => writeSync(1, `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`));
  }
};
