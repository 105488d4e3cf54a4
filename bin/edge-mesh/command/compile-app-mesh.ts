import { compile, lost, placementOf } from '../../../lib/engines/app-mesh/index.js';
import type { Architecture } from '../../../lib/index.js';
import { type Files, prettyJson } from '../folder.js';

/** CloudFormation's, of a stack. */
const mostResources = 500;

/** One CloudFormation template, and what App Mesh does not carry. */
export function compileAppMesh(architecture: Architecture): { files: Files; notes: string[] } {
  const placement = placementOf(architecture);
  const resources = compile(architecture, placement);
  const named = new Set(resources.map(({ at }) => at));
  const logicalIds = logicalIdsOf(resources.map(({ id }) => id));
  const stated = resources.map(({ id, type, properties, after }) => [
    logicalIds.get(id),
    { Type: type, Properties: properties, ...(after.length === 0 ? {} : { DependsOn: after.map((other) => logicalIds.get(other)) }) },
  ]);
  const template = { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(stated) };
  return {
    files: { 'template.json': prettyJson(template) },
    notes: [
      ...lost(architecture, placement).map(({ severity, at, is }) => `${severity} ${at === '' ? 'architecture' : at}: ${is}`),
      ...architecture.externals
        .filter(({ host, path }) => host === undefined && named.has(path))
        .map(
          (external) => `${external.name} has no host here: the template says ${placement.host(external)}, the CDK side binds the real one`,
        ),
      ...(resources.length > mostResources
        ? [`the template has ${resources.length} resources: to read, because CloudFormation takes ${mostResources} in a stack`]
        : []),
      `each sidecar reads its identity from files, as PEM: ${Object.values(placement.files).join(', ')}`,
    ],
  };
}

/** CloudFormation's ids have letters and digits alone: `Route-get-a` → `RouteGetA`, and `RouteGetA2` where that is taken. */
function logicalIdsOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    ids.map((id) => {
      const plain = id.replace(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase());
      let chosen = plain;
      for (let count = 2; taken.has(chosen); count += 1) chosen = `${plain}${count}`;
      taken.add(chosen);
      return [id, chosen];
    }),
  );
}
