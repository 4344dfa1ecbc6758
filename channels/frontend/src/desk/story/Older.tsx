import { useState } from "preact/hooks";
import { day } from "../../shared/format";
import { language } from "../../shared/page";
import type { Message } from "../../shared/protocol";
import { useDesk, useWords } from "../around";
import { LogEntry } from "../DeskLog";
import { shownOutcome } from "../outcomes";
import type { Earlier } from "../protocol";
import { Player } from "../Recorded";
import { Mark } from "./Mark";
import type { Entry } from "./timeline";
import { useStoryWords } from "./words";

/** All that was before this contact, folded away. */
export function Older({ entries }: { entries: readonly Entry[] }) {
  const told = useStoryWords();
  if (entries.length === 0) return null;
  const contacts = entries.filter(({ kind }) => kind === "contact").length;
  return (
    <details class="older">
      <summary>
        {told.older(entries.length)} <small>{told.contacts(contacts)}</small>
      </summary>
      {entries.map((entry) =>
        entry.kind === "contact" ? (
          <Contact key={entry.contact.id} contact={entry.contact} />
        ) : (
          <Mark key={`${entry.kind}${entry.at}`} entry={entry} withDay />
        ),
      )}
    </details>
  );
}

/** An earlier contact; what was said is fetched once somebody wants to read it. */
function Contact({ contact }: { contact: Earlier }) {
  const desk = useDesk();
  const words = useWords();
  const told = useStoryWords();
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  const { id, channel, opened_at, summary, outcome, recorded, seen_by } = contact;
  return (
    <details class="contact" onToggle={(event) => event.currentTarget.open && void read()}>
      <summary>
        <span class={`mark ${channel}`}>{words.channels[channel]}</span>
        <time dateTime={opened_at}>{day(opened_at, language.value)}</time>
        {seen_by === "customer" ? null : <span class="maybe">{told.seenBy[seen_by]}</span>}
        <span class="began">{summary}</span>
        {outcome ? <em>{shownOutcome(outcome, language.value)}</em> : null}
      </summary>
      {recorded ? <Player conversation={id} /> : null}
      {messages === null ? (
        <p class="faint">{words.loading}</p>
      ) : (
        messages.map((message) => <LogEntry key={message.seq} message={message} />)
      )}
    </details>
  );

  async function read(): Promise<void> {
    if (messages !== null) return;
    const { messages: found } = await desk.api.get<{ messages: Message[] }>(
      `conversations/${id}/transcript`,
    );
    setMessages(found);
  }
}
