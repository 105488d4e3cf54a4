/**
 * One field of a protobuf message as it stands on the wire: the value of `length` is a text, bytes or a message; the other kinds keep the bytes that they have.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export interface Field {
  readonly number: number;
  readonly kind: 'varint' | 'fixed64' | 'length' | 'fixed32';
  readonly value: Buffer;
}

const kinds = { 0: 'varint', 1: 'fixed64', 2: 'length', 5: 'fixed32' } as const;
const numbers = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const;

/**
 * The fields of a message, in their order.
 * @throws RangeError where the bytes are no message
 */
export function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError(`ends within a field, at byte ${bytes.length}`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = (): Buffer => {
    const end = bytes.findIndex((byte, index) => index >= at && byte < 128);
    if (end === -1 || end - at >= 10) throw new RangeError(`has no number at byte ${at}`);
    return take(end + 1 - at);
  };
  while (at < bytes.length) {
    const start = at;
    const tag = numberOf(varint());
    const kind = kinds[(tag % 8) as keyof typeof kinds];
    if (kind === undefined || tag < 8) throw new RangeError(`has no field at byte ${start}`);
    const value = kind === 'varint' ? varint() : kind === 'length' ? take(numberOf(varint())) : take(kind === 'fixed64' ? 8 : 4);
    fields.push({ number: Math.floor(tag / 8), kind, value });
  }
  return fields;
}

/** The message that has these fields. */
export const messageOf = (fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap(({ number, kind, value }) => [
      varintOf(number * 8 + numbers[kind]),
      ...(kind === 'length' ? [varintOf(value.length)] : []),
      value,
    ]),
  );

/** A text, or a message, as a field. */
export const lengthField = (number: number, value: string | Buffer): Field => ({ number, kind: 'length', value: Buffer.from(value) });

/** The value of the field, the last one where there are several; empty where there is none. */
export const textIn = (fields: readonly Field[], number: number): string =>
  fields.findLast((field) => field.number === number && field.kind === 'length')?.value.toString('utf8') ?? '';

/** The messages of a repeated field. */
export const messagesIn = (fields: readonly Field[], number: number): Field[][] =>
  fields.filter((field) => field.number === number && field.kind === 'length').map(({ value }) => fieldsOf(value));

/** A number below 2⁵³; false and true are 0 and 1. */
export const numberIn = (fields: readonly Field[], number: number): number => {
  const found = fields.findLast((field) => field.number === number && field.kind === 'varint');
  return found === undefined ? 0 : numberOf(found.value);
};

const numberOf = (varint: Buffer): number => varint.reduceRight((sum, byte) => sum * 128 + (byte & 127), 0);

function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
