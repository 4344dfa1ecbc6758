import type { Desk } from "../desk";

/** Have a form's deed done; the story is read again, for it tells of it. */
export async function finishForm(desk: Desk, form: Record<string, unknown>): Promise<boolean> {
  return done(desk, (conversation, epoch) =>
    desk.api.post(`conversations/${conversation}/form`, { epoch, filled: form }),
  );
}

/** Let a form be. */
export async function dropForm(desk: Desk, form: string): Promise<boolean> {
  return done(desk, (conversation, epoch) =>
    desk.api.post(`conversations/${conversation}/form/drop`, { epoch, form }),
  );
}

async function done(
  desk: Desk,
  act: (conversation: string, epoch: number) => Promise<unknown>,
): Promise<boolean> {
  const isDone = await desk.opened.doing(({ id, epoch }) => act(id, epoch));
  if (isDone) await desk.opened.reload();
  return isDone;
}

/** Promise to come back to a matter. */
export async function openCase(desk: Desk, opening: Record<string, unknown>): Promise<boolean> {
  return done(desk, (conversation) =>
    desk.api.post(`conversations/${conversation}/cases`, opening),
  );
}

/** Settle a case, or have something else be different about it. */
export async function changeCase(
  desk: Desk,
  id: string,
  change: Record<string, unknown>,
): Promise<boolean> {
  return done(desk, () => desk.api.post(`cases/${id}`, change));
}

/** Say whom the conversation is with; they must still prove it. */
export async function recognise(desk: Desk, customer: string): Promise<boolean> {
  return done(desk, (conversation) =>
    desk.api.post(`conversations/${conversation}/customer`, { customer }),
  );
}

/** Make two records one; the number of the one that goes confirms it. */
export async function mergeCustomer(desk: Desk, other: string, confirmed: string): Promise<boolean> {
  return done(desk, (conversation) =>
    desk.api.post(`conversations/${conversation}/customer/merge`, { other, confirmed }),
  );
}
