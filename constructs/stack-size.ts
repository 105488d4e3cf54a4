import { Annotations, CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { grouped, near, percentOf } from './limit.js';

/** What CloudFormation takes: bytes of a template (it says 1 MB, and CDK counts with a million), and resources of a stack. */
const most = { bytes: 1_000_000, resources: 500 };

/** The part of a stack that is no service. */
export const ingress = 'ingress';

/** A service, or the ingress. */
interface Part {
  readonly name: string;
  readonly scope: Construct;
}

interface PartSize {
  readonly name: string;
  readonly bytes: number;
}

const partsOf = new WeakMap<Stack, Part[]>();

/**
 * Says before CloudFormation does that a stack has become too large: which part of it takes most, and what makes room. An error above what it takes, a
 * warning of CDK from 80 % on.
 *
 * @param name of the service, or `ingress`, which no service is called
 */
export function countIn(scope: Construct, name: string): void {
  const stack = Stack.of(scope);
  const known = partsOf.get(stack);
  if (known !== undefined) {
    known.push({ name, scope });
    return;
  }
  const parts = [{ name, scope }];
  partsOf.set(stack, parts);
  stack.node.addValidation({ validate: () => validate(stack, parts) });
}

function validate(stack: Stack, parts: readonly Part[]): string[] {
  const elements = elementsOf(stack, stack);
  const resources = elements.filter((element) => CfnResource.isCfnResource(element)).length;
  const template = templateOf(stack, elements);
  const bytes = bytesOf(template, 1);
  const share = Math.max(bytes / most.bytes, resources / most.resources);
  if (share < near) return [];
  const sizes = parts.map(({ name, scope }) => ({ name, bytes: bytesOf(templateOf(stack, elementsOf(scope, stack)), 1) }));
  const message = inWords(stack, { bytes, resources, compact: bytesOf(template, 0) }, sizes);
  if (share > 1) return [message];
  Annotations.of(stack).addWarningV2('cdk-edge-mesh:stack-size', message);
  return [];
}

/** Everything that a stack takes. */
interface Size {
  readonly bytes: number;
  readonly resources: number;
  /** Bytes without indentation. */
  readonly compact: number;
}

function inWords({ node }: Stack, { bytes, resources, compact }: Size, parts: readonly PartSize[]): string {
  const taken = parts.reduce((sum, part) => sum + part.bytes, 0);
  const largest = parts.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  const tight =
    bytes > near * most.bytes ? `suppressTemplateIndentation: true for the stack takes ${grouped(bytes - compact)} bytes off. Or ` : '';
  return [
    `stack ${node.path} takes ${show(bytes, most.bytes)} bytes of template and ${show(resources, most.resources)} resources`,
    `  ${grouped(taken)} bytes are of ${namesOf(parts)}, ${grouped(Math.round(taken / parts.length))} each on average; ${largest.name === ingress ? 'the ingress' : largest.name} has most, ${grouped(largest.bytes)}`,
    `  Fix: ${tight}make a stack for each domain: ServiceMesh and Ingress in one, in place of MicroserviceApp, and each Microservice in its domain's`,
  ].join('\n');
}

const namesOf = (parts: readonly PartSize[]): string => {
  const services = parts.filter(({ name }) => name !== ingress).length;
  const words = [
    ...(services > 0 ? [`${services} ${services === 1 ? 'service' : 'services'}`] : []),
    ...(services < parts.length ? ['the ingress'] : []),
  ];
  return words.join(' and ');
};

/** `843,112 of 1,000,000 (84 %)`. */
const show = (amount: number, of: number): string => `${grouped(amount)} of ${grouped(of)} (${percentOf(amount, of)})`;

/** What a scope puts into a stack's template. */
const elementsOf = (scope: IConstruct, stack: Stack): CfnElement[] =>
  scope.node.findAll().filter((each): each is CfnElement => CfnElement.isCfnElement(each) && each.stack === stack);

type Template = Record<string, Record<string, unknown>>;

/** As CDK puts it together, section by section. */
function templateOf(stack: Stack, elements: readonly CfnElement[]): Template {
  const template: Template = {};
  for (const element of elements) {
    const sections = stack.resolve(element._toCloudFormation()) as Template;
    for (const [section, content] of Object.entries(sections)) template[section] = { ...template[section], ...content };
  }
  return template;
}

const bytesOf = (template: Template, indentation: number): number => Buffer.byteLength(JSON.stringify(template, undefined, indentation));
