/** How this program was called, so that a printed command can be pasted: by npm's script, by npx, or by its own name. */
export function programName(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment['npm_lifecycle_event'] === 'edge-mesh') return 'npm run -s edge-mesh --';
  if (environment['npm_command'] === 'exec') return 'npx edge-mesh';
  return 'edge-mesh';
}
