import type { Message } from "../shared/protocol";
import { isOpenToChoice } from "./entries";
import { useChat } from "./Widget";

/** The answers that a message offers; once the customer has spoken they are past. */
export function Choices({ message }: { message: Message }) {
  const { chat, words } = useChat();
  if (message.choices.length === 0) return null;
  const isOpen = isOpenToChoice(
    message,
    chat.transcript.messages.value,
    chat.echoes.value,
    chat.standing.value,
  );
  return (
    <div class="choices" role="group" aria-label={words.choices}>
      {message.choices.map(({ title }, at) => (
        <button type="button" disabled={!isOpen} onClick={() => chat.choose(message, at)}>
          {title}
        </button>
      ))}
    </div>
  );
}
