module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@cdk-edge-mesh/source', 'node', 'node-addons'] },
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Those are for `npm run test:engines`.
  testPathIgnorePatterns: ['/node_modules/', '\\.engine\\.test\\.ts$'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.(t|m?j)s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  globalSetup: '<rootDir>/test/temporary-folder.js',
  globalTeardown: '<rootDir>/test/remove-temporary-folder.js',
  reporters: ['default', '<rootDir>/test/closing-line.js'],
  testTimeout: 60_000,
};
