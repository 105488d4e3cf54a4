import type { CallReport, StubAnswer } from '../../lib/twin/index.js';

/** The way a request took, as the stubs told: `orders → (catalog → pricing v1 ×2, ordersDb, stripe)`. */
export function trailOf(answer: StubAnswer): string {
  const name = answer.version === undefined ? answer.service : `${answer.service} ${answer.version}`;
  const branches = counted(answer.calls.map(branchOf));
  if (branches.length === 0) return name;
  return `${name} → ${branches.length === 1 ? branches[0] : `(${branches.join(', ')})`}`;
}

function branchOf({ to, status, answer }: CallReport): string {
  if (isStubAnswer(answer)) return trailOf(answer);
  return status === 'connected' || status === 200 ? to : `${to} ${status}`;
}

const isStubAnswer = (answer: unknown): answer is StubAnswer =>
  typeof answer === 'object' && answer !== null && 'service' in answer && 'calls' in answer;

function counted(words: readonly string[]): string[] {
  return [...new Set(words)].map((word) => {
    const times = words.filter((other) => other === word).length;
    return times === 1 ? word : `${word} ×${times}`;
  });
}
