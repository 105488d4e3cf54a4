#!/usr/bin/env node
import { main } from './edge-mesh/main.js';

// Whoever reads the report may stop reading, as `head` does: nothing to say about.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
