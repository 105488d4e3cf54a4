#!/usr/bin/env node
import './node-release.js';
import { main } from './edge-mesh/main.js';
import { watchOutput } from './output.js';

watchOutput();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode ??= code;
  // What the user's own module has left open (a connection, a timer) is not waited for.
  process.stdout.write('', () => process.exit());
});
