import type { Echo } from "../shared/chat";
import type { Author, Message, Standing } from "../shared/protocol";

/** Whether a message is words, rather than a step of the conversation. */
export function isTalk({ kind, author }: Message): boolean {
  return author !== "system" && (kind === "said" || kind === "chosen" || kind === "opened");
}

/** Whether the words begin a new group, with the speaker's name above. */
export function beginsGroup(message: Message, before: Message | undefined): boolean {
  return !before || !isTalk(before) || before.author !== message.author || before.name !== message.name;
}

/** Whether the answers on offer can still be given. */
export function isOpenToChoice(
  message: Message,
  messages: readonly Message[],
  echoes: readonly Echo[],
  { handler }: Standing,
): boolean {
  const answered = messages.some(({ seq, author }) => seq > message.seq && author === "customer");
  const answering = echoes.some(({ state }) => state !== "refused");
  return handler === "bot" && !answered && !answering;
}

/** Whether the assistant owes an answer, so that the customer sees it at work. */
export function botThinks(
  messages: readonly Message[],
  echoes: readonly Echo[],
  { handler }: Standing,
): boolean {
  if (handler !== "bot") return false;
  const last: Author | undefined = messages.at(-1)?.author;
  return last === "customer" || last === undefined || echoes.some(({ state }) => state === "sent");
}
