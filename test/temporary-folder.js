const { mkdtempSync, realpathSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Every test's temporary files in one folder, removed at the end: CDK leaves each assembly behind. The name is short, for the sockets inside. */
module.exports = async () => {
  process.env.TMPDIR = mkdtempSync(join(realpathSync(tmpdir()), 'em-'));
};

module.exports.remove = async () => rmSync(process.env.TMPDIR, { recursive: true, force: true });
