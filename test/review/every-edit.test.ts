import { compileEnvoy } from '../../bin/edge-mesh/command/compile-envoy.js';
import { type Architecture, ArchitectureError, parseArchitecture, resolve } from '../../lib/index.js';
import { factsOf } from '../../lib/review/facts.js';
import { changesBetween } from '../../lib/review/index.js';
import { everything } from './everything.js';

type Data = { [member: string]: unknown } | unknown[];
type Path = readonly (string | number)[];

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;

/** Every member of a declaration taken out once, and every value replaced by another of its kind. */
function* editsOf(data: Data, path: Path = []): Generator<{ readonly path: Path; readonly to: unknown }> {
  for (const [member, value] of Object.entries(data)) {
    const at = [...path, Array.isArray(data) ? Number(member) : member];
    yield { path: at, to: undefined };
    if (typeof value === 'number') yield { path: at, to: value + 1 };
    else if (typeof value === 'boolean') yield { path: at, to: !value };
    else if (typeof value === 'string') yield { path: at, to: /^\d+(ms|s|m|h)$/.test(value) ? value.replace(/\d+/, '7') : `${value}x` };
    else if (isData(value)) yield* editsOf(value, at);
  }
}

function edited(data: Data, [first, ...rest]: Path, to: unknown): Data {
  const put = (own: Data, member: string | number): Data => {
    const value = rest.length === 0 ? to : edited((own as Record<string, unknown>)[member] as Data, rest, to);
    if (Array.isArray(own)) return own.flatMap((each, index) => (index !== member ? [each] : value === undefined ? [] : [value]));
    return Object.fromEntries(Object.entries({ ...own, [member]: value }).filter(([, each]) => each !== undefined));
  };
  return first === undefined ? data : put(data, first);
}

/** Undefined where an edit makes it none. */
function architectureOf(data: Data): Architecture | undefined {
  try {
    return resolve(parseArchitecture(JSON.parse(JSON.stringify(data))));
  } catch (error) {
    if (error instanceof ArchitectureError) return undefined;
    throw error;
  }
}

const compiled = (architecture: Architecture): string => JSON.stringify(compileEnvoy(architecture).files);

test('no edit of a declaration changes what Envoys get without a word in the review', () => {
  const before = architectureOf(everything)!;
  const [facts, files] = [factsOf(before, []), compiled(before)];
  const valid = [...editsOf(everything)].flatMap(({ path, to }) => {
    const architecture = architectureOf(edited(everything, path, to));
    return architecture === undefined ? [] : [{ edit: `${path.join('.')} → ${to}`, architecture }];
  });
  const unsaid = valid.filter(({ architecture }) => changesBetween(facts, factsOf(architecture, [])).length === 0);
  expect(unsaid.filter(({ architecture }) => compiled(architecture) !== files).map(({ edit }) => edit)).toEqual([]);
  expect(valid.length).toBeGreaterThan(280);
});
