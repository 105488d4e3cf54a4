import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A member of an interface of `lib/model/spec`. */
export interface Field {
  /** With a question mark where it may be left out. */
  readonly name: string;
  readonly type: string;
  /** Its docstring, in one line. */
  readonly words: string;
}

/** An interface, or a type by name. */
export interface Declared {
  readonly name: string;
  readonly parents: readonly string[];
  readonly words: string;
  readonly fields: readonly Field[];
  /** Of what is no interface. */
  readonly type: string | undefined;
}

const comment = String.raw`(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?`;
const interfaceText = String.raw`interface (\w+)(?:<[\s\S]*?>)?(?: extends ([^{]+))? \{\n([\s\S]*?)^\}`;
const typeText = String.raw`type (\w+)(?:<.*>)? =([\s\S]*?;)\n(?=\n|$(?![\s\S])|\/\*\*|export)`;
const declaration = new RegExp(`^${comment}export (?:${interfaceText}|${typeText})`, 'gm');
const field = new RegExp(String.raw`^ {2}${comment}(?:readonly )?(\w+\??): ([\s\S]*?);\n(?= {2}[\w/[]|$(?![\s\S]))`, 'gm');
const leaf = /Leaf$/;

/** What a file of `lib/model/spec` declares, as its text says it: the compiler of this project has no interface for programs. */
export function declaredIn(file: string): Declared[] {
  const text = readFileSync(join(resolve(__dirname, '../../lib/model/spec'), file), 'utf8');
  return [...text.matchAll(declaration)].map(([, words = '', name, parents = '', body = '', alias, type]) => ({
    name: name ?? alias!,
    parents: parents.split(/,(?![^<]*>)/).flatMap((each) => /\w+/.exec(each)?.[0] ?? []),
    words: inOneLine(words),
    fields: [...body.matchAll(field)].map(([, of = '', key, kind]) => ({ name: key!, type: kind!, words: inOneLine(of) })),
    type: type?.trim().replace(/;$/, ''),
  }));
}

/** What is written in two, for the compiler's sake (`ServiceLeaf`, `ServiceSpec`), as one. */
export function joined(declared: readonly Declared[]): Declared[] {
  const leaves = new Map(declared.filter(({ name }) => leaf.test(name)).map((each) => [each.name, each]));
  const taken = new Set(declared.flatMap(({ parents }) => parents.filter((parent) => leaves.has(parent))));
  return declared
    .filter(({ name }) => !taken.has(name))
    .map((each) => {
      const partsOf = ({ parents }: Declared): Declared[] =>
        parents.flatMap((parent) => leaves.get(parent) ?? []).flatMap((part) => [part, ...partsOf(part)]);
      const parts = partsOf(each);
      const own = new Set(each.fields.map(({ name }) => name));
      return {
        ...each,
        parents: [...each.parents, ...parts.flatMap(({ parents }) => parents)].filter((parent) => !leaves.has(parent)),
        words: each.words || (parts[0]?.words ?? ''),
        fields: [...parts.flatMap(({ fields }) => fields.filter(({ name }) => !own.has(name))), ...each.fields],
      };
    });
}

const inOneLine = (words: string): string =>
  words
    .replace(/^\s*\* ?/gm, '')
    .replace(/ ?`[A-Z]` are (?:[^.`]|`[A-Z]`)*\./, '') // what the compiler's names are for
    .replace(/\s*\n\s*- /g, '<br>• ')
    .replace(/\s*\n\s*/g, ' ')
    .replace('@see', 'See')
    .trim();
