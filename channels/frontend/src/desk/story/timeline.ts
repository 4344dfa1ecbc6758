import type { Message } from "../../shared/protocol";
import type { Case, Earlier, Happened, Order, Returned, Story, Suggested } from "../protocol";

/** One entry of the timeline: what it is, and when it was. */
export type Entry = { at: string } & (
  | { kind: "message"; message: Message }
  | { kind: "happened"; happened: Happened }
  | { kind: "contact"; contact: Earlier }
  | { kind: "order"; order: Order }
  | { kind: "return"; returned: Returned }
  | { kind: "case"; opened: Case }
  | { kind: "suggestion"; suggested: Suggested }
);

/** What was before this contact, the oldest first; and this contact with all that came of it. */
export interface Timeline {
  older: readonly Entry[];
  present: readonly Entry[];
}

/** Put all channels and matters into one line. */
export function timelineOf(story: Story, messages: readonly Message[]): Timeline {
  const began = Date.parse(story.conversation.opened_at);
  const told = new Set(story.happened.map(({ ref }) => ref).filter(Boolean));
  const beside = besides(story).filter((entry) => !isTold(entry, told));
  const isOlder = ({ at }: Entry) => Date.parse(at) < began;
  return {
    older: sorted(beside.filter(isOlder)),
    present: sorted([
      ...messages.map((message): Entry => ({ kind: "message", at: message.at, message })),
      ...story.happened.map((happened): Entry => ({ kind: "happened", at: happened.at, happened })),
      ...beside.filter((entry) => !isOlder(entry)),
    ]),
  };
}

function besides(story: Story): Entry[] {
  return [
    ...story.earlier.map((contact): Entry => ({ kind: "contact", at: contact.opened_at, contact })),
    ...story.orders.map((order): Entry => ({ kind: "order", at: order.placed_at, order })),
    ...story.returns.map(
      (returned): Entry => ({ kind: "return", at: returned.announced_at, returned }),
    ),
    ...story.cases.map((opened): Entry => ({ kind: "case", at: opened.opened_at, opened })),
    ...story.suggestions
      // Those that were shown here are among the words; what came of them is news.
      .filter(({ here, decided_at }) => !here || decided_at !== null)
      .map(
        (suggested): Entry => ({
          kind: "suggestion",
          at: suggested.decided_at ?? suggested.at,
          suggested,
        }),
      ),
  ];
}

/** Whether a deed in this contact tells of it already. */
function isTold(entry: Entry, told: ReadonlySet<string>): boolean {
  if (entry.kind === "return") return told.has(entry.returned.number);
  if (entry.kind === "case") return told.has(entry.opened.number);
  return false;
}

function sorted(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
