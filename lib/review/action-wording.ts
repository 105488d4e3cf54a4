import type { HeaderChanges, Rule, Service } from '../model/architecture/index.js';
import { showSplit } from './wording.js';

/** Where a rule's requests go, and what happens to them: `v1 90 %, v2 10 %`, `v1, as /v2/{id}, copies of 10 % to v2`, `answers 410 by itself: "gone"`. */
export function showWay({ to, action }: Rule, service: Service): string {
  const { mirror, rewrite, answer, headers } = action;
  const changes = [...showChanges('request', headers.request), ...showChanges('answer', headers.response)];
  if (answer?.is === 'respond')
    return [`answers ${answer.status} by itself${answer.body === undefined ? '' : `: ${JSON.stringify(answer.body)}`}`, ...changes].join(
      ', ',
    );
  if (answer !== undefined) {
    const host = answer.host === undefined ? '' : `https://${answer.host}`;
    return [`redirects (${answer.status}) to ${host}${answer.path?.text ?? (host === '' ? '' : ' and the same path')}`, ...changes].join(
      ', ',
    );
  }
  return [
    showSplit(to, service),
    ...(rewrite?.path === undefined ? [] : [`as ${rewrite.path.text}`]),
    ...(rewrite?.host === undefined ? [] : [`as host ${rewrite.host}`]),
    ...(mirror === undefined ? [] : [`copies of ${mirror.percent} % to ${showSplit([{ version: mirror.version, weight: 1 }], service)}`]),
    ...changes,
  ].join(', ');
}

const showChanges = (way: string, { set, remove }: HeaderChanges): string[] => [
  ...set.map(({ name, value }) => `${way} header ${name} set to ${JSON.stringify(value)}`),
  ...remove.map((name) => `${way} header ${name} removed`),
];
