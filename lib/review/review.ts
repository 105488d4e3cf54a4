import { check, type Report } from '../checks/index.js';
import type { Architecture } from '../model/architecture/index.js';
import { enginesPage } from './engines.js';
import { factsOf } from './facts.js';
import { gatewaysPage } from './gateways.js';
import { meshPage } from './mesh.js';
import { pathsPage } from './paths.js';
import { readme } from './readme.js';

/** One file of a review: Markdown for people, or the facts as JSON. */
export interface ReviewFile {
  /** `README.md`; no folders. */
  readonly name: string;
  readonly text: string;
}

/** The file that holds the facts: what the next review is compared with. */
export const factsFile = 'facts.json';

/**
 * The readable projection of an architecture: the same architecture always gives the same bytes, without hashes, ARNs or clock.
 *
 * @param report what the checks found. @default all checks, run here
 */
export function review(architecture: Architecture, report: Report = check(architecture)): readonly ReviewFile[] {
  return [
    { name: 'README.md', text: readme(architecture, report) },
    { name: 'engines.md', text: enginesPage(architecture) },
    { name: factsFile, text: `${JSON.stringify(factsOf(architecture, report.findings), undefined, 2)}\n` },
    { name: 'gateways.md', text: gatewaysPage(architecture) },
    { name: 'mesh.md', text: meshPage(architecture) },
    { name: 'paths.md', text: pathsPage(architecture) },
  ];
}
