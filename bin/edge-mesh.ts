#!/usr/bin/env node
import './edge-mesh/node-release.js';
import { main } from './edge-mesh/main.js';
import { watchOutput } from './edge-mesh/output.js';

watchOutput();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode ??= code;
  // What the user's own module has left open (a connection, a timer) is not waited for; that a report could not be written is.
  process.stdout.write('', () => setImmediate(() => process.exit()));
});
