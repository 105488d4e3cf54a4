#!/usr/bin/env node
import './node-release.js';
import { main } from './edge-mesh/main.js';
import { watchOutput } from './output.js';

watchOutput();
void main(process.argv.slice(2)).then((code) => {
  process.exitCode ??= code;
});
