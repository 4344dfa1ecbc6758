import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { ask } from "../shared/ask";
import { moment } from "../shared/format";
import { PageTop } from "../shared/PageTop";
import { language } from "../shared/page";
import { de } from "./messages.de";
import { en } from "./messages.en";

/** Words on their way to a customer outside the conversation. */
interface Sent {
  id: string;
  kind: "email" | "phone";
  address: string;
  text: string;
  at: string;
}

const EVERY_MS = 2000;
const sent = signal<readonly Sent[] | null>(null);
const isReachable = signal(true);

function useWords() {
  return language.value === "de" ? de : en;
}

/** What was sent to customers, the newest first. */
export function Outbox() {
  const words = useWords();
  useEffect(() => watch(), []);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <>
      <PageTop title={words.title} shop={words.shop} />
      <main class="outbox">
        <p class="intro">{words.intro}</p>
        <p role="status" class="trouble">
          {isReachable.value ? null : words.unreachable}
        </p>
        {sent.value?.length === 0 ? <p class="empty">{words.empty}</p> : null}
        <ul aria-live="polite">
          {(sent.value ?? []).map((each) => (
            <li key={each.id}>
              <Letter sent={each} />
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

function Letter({ sent: { kind, address, text, at } }: { sent: Sent }) {
  const words = useWords();
  const code = /\b\d{6}\b/.exec(text)?.[0];
  return (
    <article>
      <p class="head">
        <strong>{words[kind]}</strong>
        <span>{address}</span>
        <time dateTime={at}>{moment(at, language.value)}</time>
      </p>
      <p class="text">{text}</p>
      {code ? <Code code={code} /> : null}
    </article>
  );
}

function Code({ code }: { code: string }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <button type="button" class="code" aria-label={words.copy(code)} onClick={copy}>
      {code}
      <em role="status">{isCopied ? words.copied : ""}</em>
    </button>
  );

  function copy(): void {
    void navigator.clipboard?.writeText(code).then(() => setCopied(true));
  }
}

function watch(): () => void {
  void look();
  const timer = setInterval(() => void look(), EVERY_MS);
  return () => clearInterval(timer);
}

async function look(): Promise<void> {
  // A page that nobody looks at need not ask.
  if (document.hidden) return;
  try {
    const { messages } = await ask<{ messages: Sent[] }>("/demo/api/outbox");
    [sent.value, isReachable.value] = [messages, true];
  } catch {
    isReachable.value = false;
  }
}
