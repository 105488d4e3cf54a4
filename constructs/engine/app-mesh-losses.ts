import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { lost, type Placement } from '../../lib/engines/app-mesh/index.js';
import { type Feature, features, type Loss } from '../../lib/engines/capability.js';
import type { Architecture } from '../../lib/index.js';
import { member, notAmong } from '../../lib/model/problem.js';
import { reasonProblem } from '../../lib/model/reason.js';

/** Reasons by feature. */
type Accepted = Readonly<Partial<Record<Feature, string>>>;

/**
 * What App Mesh does not carry: an error fails the synthesis, a warning is printed; both until they are accepted. What is accepted without a reason, or
 * without a loss, fails it too.
 */
export function reportLosses(scope: Construct, architecture: Architecture, placement: Placement, accepted: Accepted): void {
  const losses = lost(architecture, placement);
  const open = losses.filter(({ feature }) => accepted[feature] === undefined);
  const inWords = ({ at, is, feature }: Loss): string =>
    `${at === '' ? architecture.name : at}: ${is}; envoy carries it, or accept it: MeshEngine.appMesh({ accept: { '${feature}': '<reason>' } })`;
  const errors = open.filter(({ severity }) => severity === 'error').map(inWords);
  scope.node.addValidation({ validate: () => [...acceptanceProblems(accepted, losses), ...errors] });
  for (const loss of open) {
    if (loss.severity === 'warning') Validations.of(scope).addWarning(`cdk-edge-mesh:app-mesh-${loss.feature}`, inWords(loss));
  }
}

/** One that accepts nothing today would hide tomorrow's loss with yesterday's reason. */
function acceptanceProblems(accepted: Accepted, losses: readonly Loss[]): string[] {
  return Object.entries(accepted).flatMap(([feature, reason]) => {
    if (reason === undefined) return [];
    const is = member('accept', feature);
    if (!features.some((each) => each === feature)) return [`${is}: ${notAmong(feature, 'a feature', features)}`];
    const wrong = reasonProblem(reason);
    if (wrong !== undefined) return [`${is}: ${wrong}`];
    if (losses.some((loss) => loss.feature === feature)) return [];
    return [`${is}: App Mesh loses nothing of it here, and it is accepted with "${reason}"; remove it`];
  });
}
