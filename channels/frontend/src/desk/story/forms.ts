import type { Form, Order, Story } from "../protocol";

/** The fields of each form that an agent can finish, in the order in which they are asked for. */
export const FORMS = {
  return_item: ["order", "line", "quantity", "reason"],
  cancel_order: ["order"],
  change_address: ["street", "postcode", "town", "country"],
  change_delivery_address: ["order", "recipient", "street", "postcode", "town", "country"],
  change_name: ["given_name", "family_name"],
} as const;

export type FormTitle = keyof typeof FORMS;
export type Values = Readonly<Record<string, string>>;

/** All that is left of an order's items. */
export const EVERY = "*";

/** What need not be known. */
export const OPTIONAL: ReadonlySet<string> = new Set(["reason", "recipient", "given_name"]);

const FITS: Partial<Record<FormTitle, string>> = {
  return_item: "delivered",
  cancel_order: "placed",
  change_delivery_address: "placed",
};

export function isFinishable(title: string): title is FormTitle {
  return title in FORMS;
}

/** What a form begins with: what the customer has told the assistant, or what is plain. */
export function begun(title: FormTitle, form: Form | null, story: Story): Values {
  const given = form?.title === title ? form.given : {};
  const values = Object.fromEntries(FORMS[title].map((name) => [name, written(given[name])]));
  const orders = ordersFor(title, story, values.order);
  if (!values.order && orders.length === 1) values.order = orders[0]!.number;
  const lines = linesOf(values.order, story);
  if (!values.line && lines.length === 1) values.line = lines[0]!.sku;
  if ("quantity" in values && !values.quantity) values.quantity = "1";
  if ("country" in values && !values.country) values.country = story.countries[0] ?? "";
  return values;
}

/** The orders that a form may be about; one that the customer has named is among them. */
export function ordersFor(title: FormTitle, story: Story, named?: string): readonly Order[] {
  return story.orders.filter(({ state, number }) => state === FITS[title] || number === named);
}

export function linesOf(number: string | undefined, { orders }: Story): Order["lines"] {
  return orders.find((order) => order.number === number)?.lines ?? [];
}

/** What is sent to have it done: fields that are left empty are left out. */
export function filled(title: FormTitle, values: Values): Record<string, unknown> {
  const told = FORMS[title].flatMap((name) => {
    const value = values[name]?.trim();
    if (!value) return [];
    return [[name, name === "quantity" ? Number(value) : value] as const];
  });
  return { form: title, ...Object.fromEntries(told) };
}

function written(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
