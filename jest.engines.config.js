/** Tests that need more of the system than `npm test` may ask for (root, the kernel's rules, other servers). Each fails where that is missing, and is never skipped. */
module.exports = { ...require('./jest.config.js'), testMatch: ['**/*.engine.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
