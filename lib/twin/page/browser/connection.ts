/** How this page asks its twin. */
export interface Connection {
  readonly token: string;
}

/** @returns undefined where nobody answers */
export async function asked({ token }: Connection, path: string, body?: unknown, signal?: AbortSignal): Promise<Response | undefined> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(path, {
      headers,
      signal: signal ?? null,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  }
}
