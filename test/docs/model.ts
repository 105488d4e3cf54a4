import { type Declared, declaredIn, type Field, joined } from './declared.js';

const files = [
  'index service version listen call policy route match action resilience rate-limit global-rate-limit tokens external gateway mesh mtls',
  'environment observability objective interception run acknowledge route-key',
].flatMap((line) => line.split(' '));
const specs = joined(files.flatMap((file) => declaredIn(`${file}.ts`)));
const plain = new Map(declaredIn('plain.ts').map((each) => [each.name, each]));

/** What the compiler's names are for: `P` is a policy. */
const letters: Readonly<Record<string, string>> = { N: 'name', O: 'name:port', V: 'version', P: 'policy', A: 'authorizer', X: 'external' };
const title = (name: string): string => name.replace(/^Plain(?=[A-Z])|Spec$|Leaf$/g, '');
const titles = new Set(specs.map(({ name }) => title(name)));

/** A type as a reader needs it: without what only helps the compiler to infer names. */
function shown(type: string): string {
  let text = type
    .replace(/\/\*\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/^ ?\| /, '')
    .replace(/\[V\] extends \[never\] \? never : /g, '')
    .replace(/\[\w+ in .*?\](\??): /g, '[name]$1: ')
    .replace(/Record<string, /g, 'Record<');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\b([A-Z]\w+(?:Spec|Leaf|Match))<[^<>]*>/g, '$1').replace(/Record<([^<>]*)>/g, '{ [name]: $1 }');
  }
  return text
    .replace(/\b(?:Plain(?=[A-Z]))?([A-Z]\w*?)(?:Spec|Leaf)\b|\bPlain([A-Z]\w+)/g, (_, one: string, other: string) => one ?? other)
    .replace(/(?<!')\b([NOVPAX])\b(?!')/g, (letter) => letters[letter]!)
    .replace('name | name:port', 'name')
    .trim();
}

const links = (type: string): string =>
  [...new Set(shown(type).match(/\b[A-Z]\w+/g))]
    .filter((name) => titles.has(name))
    .map((name) => ` [${name}](#${name.toLowerCase()})`)
    .join('');

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row({ name, type, words }: Field): string {
  const [, what = '', byDefault = name.endsWith('?') ? '' : 'has to be said'] = /^([\s\S]*?)(?: ?@default ([\s\S]*))?$/.exec(words)!;
  return `| \`${name.replace('?', '')}\` | \`${cell(shown(type))}\`${links(type)} | ${cell(what)} | ${cell(byDefault)} |`;
}

function section({ name, parents, words, fields, type }: Declared): string[] {
  const more = plain.get(`Plain${title(name)}`)?.type?.replace(/^\w+(?:<[^>]*>)? & /, '');
  const besides = [
    ...parents.map((parent) => `[${title(parent)}](#${title(parent).toLowerCase()})`),
    ...(more === undefined || name === 'EnvironmentSpec' ? [] : [`\`${shown(more)}\`${links(more)}`]),
  ];
  return [
    `## ${title(name)}`,
    '',
    ...(words === '' ? [] : [words, '']),
    ...(type === undefined ? [] : [`\`${shown(type)}\`${links(type)}`, '']),
    ...(besides.length === 0 ? [] : [`Also the fields of ${besides.join(' and of ')}.`, '']),
    ...(fields.length === 0 ? [] : ['| field | type | what it is | default |', '|---|---|---|---|', ...fields.map(row), '']),
  ];
}

/** `docs/model.md`, from the docstrings that editors show. */
export function modelPage(): string {
  const whole = specs.find(({ name }) => name === 'ArchitectureSpec')!;
  const types = new Map(plain.get('PlainSpec')!.fields.map(({ name, type }) => [name, type]));
  const first: Declared = { ...whole, words: '', fields: whole.fields.map((each) => ({ ...each, type: types.get(each.name)! })) };
  return [
    '# The model',
    '',
    'What `defineArchitecture` takes: every field, with what holds where it is left out. Made by `npm run docs` from the docstrings in [lib/model/spec](../lib/model/spec), which editors show too.',
    '`name` stands for the name of a service or external, `name:port` for a further port of a service.',
    '',
    ...[first, ...specs.filter((each) => each !== whole)].flatMap(section),
  ].join('\n');
}
