import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { catalogue, check, openFindings, renderFinding } from '../lib/checks/index.js';
import type { Architecture } from '../lib/index.js';
import { todayIn } from './today.js';

/**
 * Tells CDK what the checks find: an error fails the synthesis of `scope`, a warning is printed by the CLI (and fails `cdk synth --strict`).
 * What the architecture acknowledges, with its reason, is neither.
 */
export function reportFindings(scope: Construct, architecture: Architecture): void {
  const findings = openFindings(check(architecture, catalogue, todayIn(scope)));
  const errors = findings.filter(({ severity }) => severity === 'error').map((finding) => `\n${renderFinding(finding)}`);
  scope.node.addValidation({ validate: () => errors });
  for (const finding of findings) {
    if (finding.severity !== 'warning') continue;
    const text = renderFinding(finding).replace(/^warning /, ''); // CDK says so before it
    Validations.of(scope).addWarning(`cdk-edge-mesh:${finding.check}`, `\n${text}\n`);
  }
}
