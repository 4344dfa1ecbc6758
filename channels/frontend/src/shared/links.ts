/** A piece of a message: plain words, or words that lead somewhere. */
export type Piece = { text: string; href?: string };

const STARTS = /https?:\/\/|mailto:|[\w.+-]+@(?=[\w-]+\.)/gi;
const STOPS = /[\s<>"'`„“”‚‘’]/;
const TRAILING = /[.,;:!?…]$/;
const MAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Split words into text and links; only http, https and mailto ever become a link. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const start of text.matchAll(STARTS)) {
    if (start.index < done) continue;
    const words = trimmed(untilStop(text.slice(start.index)));
    const href = address(words);
    if (href === null) continue;
    if (start.index > done) found.push({ text: text.slice(done, start.index) });
    found.push({ text: words, href });
    done = start.index + words.length;
  }
  if (done < text.length) found.push({ text: text.slice(done) });
  return found;
}

function untilStop(text: string): string {
  const stop = text.search(STOPS);
  return stop < 0 ? text : text.slice(0, stop);
}

/** The full stop after an address ends the sentence, not the address. */
function trimmed(words: string): string {
  const last = words.at(-1) ?? "";
  const opener = CLOSERS[last];
  const isUnbalanced = opener !== undefined && count(words, last) > count(words, opener);
  return TRAILING.test(words) || isUnbalanced ? trimmed(words.slice(0, -1)) : words;
}

function count(words: string, sign: string): number {
  return words.split(sign).length - 1;
}

function address(words: string): string | null {
  const isMail = words.includes("@") && !/^[a-z]+:/i.test(words);
  const url = parsed(isMail ? `mailto:${words}` : words);
  if (!url) return null;
  if (url.protocol === "mailto:") return MAIL.test(url.pathname) ? url.href : null;
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  // A name before the host is how one address is dressed up as another.
  return isWeb && url.username === "" && url.hostname !== "" ? url.href : null;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
