import { useEffect, useRef } from "preact/hooks";
import { moment, timeOfDay } from "../shared/format";
import { language } from "../shared/page";
import { type Message, products } from "../shared/protocol";
import { Words } from "../shared/Words";
import { useDesk, useWords } from "./around";
import { shownOutcome } from "./outcomes";
import type { Story } from "./protocol";
import { reveal } from "./story/reveal";
import { Mark } from "./story/Mark";
import { Older } from "./story/Older";
import { timelineOf } from "./story/timeline";
import { useStoryWords } from "./story/words";

/** All that was said and done on all channels, with notes that look like nothing else. */
export function DeskLog({ story }: { story: Story }) {
  const desk = useDesk();
  const words = useWords();
  const log = useRef<HTMLDivElement>(null);
  const messages = desk.opened.transcript.messages.value;
  const { older, present } = timelineOf(story, messages);
  const triggers = new Set(story.handoffs.map(({ trigger }) => trigger?.seq));
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [messages.length, desk.opened.customerTypes.value]);
  const { value: sought } = desk.opened.sought;
  useEffect(() => {
    if (sought === null || messages.length === 0) return;
    reveal({ kind: "message", ref: String(sought) });
    desk.opened.sought.value = null;
  }, [sought, messages.length]);
  return (
    <div ref={log} class="log" role="log" aria-live="polite" aria-label={words.log} tabIndex={0}>
      <Older entries={older} />
      {present.map((entry) =>
        entry.kind === "message" ? (
          <LogEntry
            key={entry.message.seq}
            message={entry.message}
            isTrigger={triggers.has(entry.message.seq)}
            isHere
          />
        ) : (
          <Mark key={`${entry.kind}${entry.at}`} entry={entry} />
        ),
      )}
      {desk.opened.customerTypes.value ? <p class="types">{words.types}</p> : null}
    </div>
  );
}

type EntryProps = { message: Message; isTrigger?: boolean; isHere?: boolean };

/** One message; of the present contact it is a place that facts lead to. */
export function LogEntry({ message, isTrigger = false, isHere = false }: EntryProps) {
  if (message.kind === "note") return <Note message={message} isHere={isHere} />;
  if (message.author === "system") return <Step message={message} />;
  return <Talk message={message} isTrigger={isTrigger} isHere={isHere} />;
}

function Talk({ message, isTrigger, isHere }: Required<EntryProps>) {
  const words = useWords();
  const { author, name, text, choices } = message;
  const cards = products(message.cards);
  const { value: story } = useDesk().opened.story;
  const speaker = { customer: story?.customer?.name ?? words.customer, bot: words.assistant, agent: name ?? words.anAgent, system: "" };
  return (
    <article
      class={`talk ${author}${isTrigger ? " trigger" : ""}`}
      id={isHere ? `message-${message.seq}` : undefined}
      tabIndex={-1}
    >
      <p class="by">
        <strong>{speaker[author]}</strong> <Time at={message.at} />
        {isTrigger ? <span class="why">{words.trigger}</span> : null}
      </p>
      <p class="said">
        <Words text={text} newTab={words.newTab} />
      </p>
      {cards.length > 0 ? (
        <ul class="offered">
          {cards.map((card) => (
            <li key={card.sku}>
              {card.title} {card.reason ? <small>{card.reason}</small> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {choices.length > 0 ? (
        <p class="choices">
          <span class="unseen">{words.offered}: </span>
          {choices.map(({ title }) => (
            <span key={title}>{title}</span>
          ))}
        </p>
      ) : null}
    </article>
  );
}

function Note({ message: { seq, name, text, at }, isHere }: Omit<Required<EntryProps>, "isTrigger">) {
  const words = useWords();
  return (
    <article class="talk note" id={isHere ? `message-${seq}` : undefined} tabIndex={-1}>
      <p class="by">
        <strong>{words.noteBy(name ?? words.anAgent)}</strong> <Time at={at} />
      </p>
      <p class="said">{text}</p>
    </article>
  );
}

/** The steps that an agent takes. */
const SOMEONES: ReadonlySet<string> = new Set([
  "claimed",
  "lapsed",
  "finished",
  "returned",
  "rung",
  "connected",
  "not_reached",
  "left",
  "transferred",
  "requeued",
  "joined",
  "parted",
]);

function Step({ message: { kind, name, text, at } }: { message: Message }) {
  const words = useWords();
  const { matters } = useStoryWords();
  const named = kind === "moved" ? `${kind}_${text}` : kind;
  const step = words.steps[named as keyof typeof words.steps] ?? kind;
  const isSomeones = SOMEONES.has(kind);
  return (
    <p class="step">
      {isSomeones ? `${name ?? words.anAgent} ${step}` : step}
      {text && kind !== "moved" ? ` · ${detail(kind, text, matters)}` : null} · <Time at={at} />
    </p>
  );
}

/** What a step's own words tell: stars of a rating, a form and its number, else an outcome. */
function detail(kind: string, text: string, matters: Record<string, string>): string {
  if (kind === "finished") {
    const [form = "", ...ref] = text.trim().split(" ");
    return [matters[form] ?? form, ...ref].join(" ");
  }
  return kind === "rated" ? `${text}/5 ${"★".repeat(Number(text))}` : shownOutcome(text, language.value);
}

function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={moment(at, language.value)}>
      {timeOfDay(at, language.value)}
    </time>
  );
}
