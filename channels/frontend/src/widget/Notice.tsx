import { useEffect, useState } from "preact/hooks";
import { useChat } from "./Widget";

const SOON_MS = 1200;

/** Says that the line is down; a line that is back within a moment is not worth a word. */
export function Notice() {
  const { chat, words } = useChat();
  const state = chat.state.value;
  const [isLong, setLong] = useState(false);

  useEffect(() => {
    setLong(false);
    if (state === "online" || state === "idle") return;
    const timer = setTimeout(() => setLong(true), SOON_MS);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <div role="status" class="notice-place">
      {isLong && state === "offline" ? <p class="notice">{words.offline}</p> : null}
      {isLong && state === "connecting" ? <p class="notice">{words.connecting}</p> : null}
    </div>
  );
}
