import { signal } from "@preact/signals";

const PRODUCT = /^#\/p\/(.+)$/;

/** The number of the product whose page this is; none on the shelves. */
export const shownSku = signal<string | null>(skuIn(location.hash));

addEventListener("hashchange", () => (shownSku.value = skuIn(location.hash)));

/** Return where a product has its page. */
export function addressOf(sku: string): string {
  return `#/p/${encodeURIComponent(sku)}`;
}

function skuIn(hash: string): string | null {
  const found = PRODUCT.exec(hash)?.[1];
  try {
    return found === undefined ? null : decodeURIComponent(found);
  } catch {
    return null;
  }
}
