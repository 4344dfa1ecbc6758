import { signal } from "@preact/signals";
import { ask } from "../shared/ask";
import type { Language } from "../shared/protocol";

export interface Product {
  sku: string;
  kind: string;
  title: string;
  description: string | null;
  creator: string | null;
  price: string;
  currency: string;
  in_stock: boolean;
  image: string | null;
}

/** A customer of the demo whom a visitor may play. */
export interface DemoCustomer {
  number: string;
  name: string;
  language: Language;
  email: string | null;
  phone: string | null;
  try: string | null;
}

export const products = signal<readonly Product[] | null>(null);
export const isUnreachable = signal(false);
let latest = 0;

/** Fill the shelves with what answers the query; a slow older answer never wins. */
export async function find(query: string, language: Language): Promise<void> {
  const mine = ++latest;
  const search = new URLSearchParams({ language, query, limit: "60" });
  try {
    const found = await ask<{ products: Product[] }>(`/demo/api/products?${search}`);
    if (mine === latest) [products.value, isUnreachable.value] = [found.products, false];
  } catch {
    if (mine === latest) isUnreachable.value = true;
  }
}

export async function productOf(sku: string, language: Language): Promise<Product> {
  return ask<Product>(`/demo/api/products/${encodeURIComponent(sku)}?language=${language}`);
}

/** What the shop's own login would say of a customer: a token for the chat. */
export async function loginOf(number: string): Promise<string> {
  const { token } = await ask<{ token: string }>(
    `/demo/api/customers/${encodeURIComponent(number)}/login`,
  );
  return token;
}

export async function demoCustomers(language: Language): Promise<DemoCustomer[]> {
  const { customers } = await ask<{ customers: DemoCustomer[] }>(
    `/demo/api/customers?language=${language}`,
  );
  return customers;
}
