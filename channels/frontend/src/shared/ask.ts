/** A server's refusal: its status, the rule that it names and its words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly rule: string | null,
    text: string,
  ) {
    super(text);
  }
}

/** Fetch JSON of our own server; a refusal is thrown with the rule that it names. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(path, { credentials: "same-origin", ...init });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusalOf(answer.status, body);
  return body as T;
}

function refusalOf(status: number, body: unknown): Refusal {
  const said = (body ?? {}) as { rule?: unknown; text?: unknown; detail?: unknown };
  const inner = (typeof said.detail === "object" && said.detail !== null ? said.detail : said) as {
    rule?: unknown;
    text?: unknown;
  };
  const rule = typeof inner.rule === "string" ? inner.rule : null;
  return new Refusal(status, rule, typeof inner.text === "string" ? inner.text : "");
}
