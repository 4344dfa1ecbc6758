import { createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import type { Chat } from "../shared/chat";
import { de } from "../shared/messages.de";
import { en } from "../shared/messages.en";
import type { Wording } from "../shared/wording";
import { ByPhone } from "./ByPhone";
import { Composer } from "./Composer";
import type { Frame } from "./frame";
import { Header } from "./Header";
import { ChatIcon } from "./icons";
import { Log } from "./Log";
import { Notice } from "./Notice";

/** What every part of the widget can reach. */
export interface Surroundings {
  chat: Chat;
  frame: Frame;
  /** Where the page shows a product, with `{sku}` in it; without one, cards lead nowhere. */
  productAddress: string | null;
}

export const Around = createContext<Surroundings | null>(null);

export function useChat(): Surroundings & { words: Wording<typeof en> } {
  const around = useContext(Around)!;
  return { ...around, words: around.chat.language.value === "de" ? de : en };
}

/** The launcher and, when it is open, the conversation. */
export function Widget(around: Surroundings) {
  return (
    <Around.Provider value={around}>
      {around.frame.isOpen.value ? <Panel /> : null}
      <Launcher />
    </Around.Provider>
  );
}

function Launcher() {
  const { frame, words } = useChat();
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(frame.isOpen.value);
  const isOpen = frame.isOpen.value;
  const unread = isOpen ? 0 : frame.unread.value;

  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  return (
    <button
      ref={button}
      type="button"
      class="launcher"
      aria-expanded={isOpen}
      aria-label={isOpen ? words.close : unread > 0 ? words.openUnread(unread) : words.open}
      onClick={() => (isOpen ? frame.close() : frame.open())}
    >
      <ChatIcon />
      {unread > 0 ? <span class="badge">{unread > 9 ? "9+" : unread}</span> : null}
    </button>
  );
}

function Panel() {
  const { chat, frame, words } = useChat();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    frame.close();
  }

  return (
    <section
      class="panel"
      role="dialog"
      aria-label={words.chat}
      lang={chat.language.value}
      onKeyDown={onKeyDown}
    >
      <Header />
      <Notice />
      <ByPhone />
      <Log />
      <Composer />
    </section>
  );
}
