import { useEffect, useRef } from "preact/hooks";
import { moment, timeOfDay } from "../shared/format";
import { type Message, offersPhone, products } from "../shared/protocol";
import { Words } from "../shared/Words";
import { Cards } from "./Cards";
import { Choices } from "./Choices";
import { EchoBubble } from "./EchoBubble";
import { beginsGroup, botThinks, isTalk } from "./entries";
import { PhoneIcon } from "./icons";
import { useChat } from "./Widget";

/** The conversation, read out politely as it grows. */
export function Log() {
  const { chat, words } = useChat();
  const messages = chat.transcript.messages.value;
  const echoes = chat.echoes.value;
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const log = end.current?.parentElement;
    if (log) log.scrollTop = log.scrollHeight;
  }, [messages, echoes, chat.agentTypes.value]);

  return (
    <div class="log" role="log" aria-live="polite" aria-label={words.log} tabIndex={0}>
      {messages.map((message, at) =>
        isTalk(message) ? (
          <Talk key={message.seq} message={message} isFirst={beginsGroup(message, messages[at - 1])} />
        ) : (
          <Step key={message.seq} message={message} />
        ),
      )}
      {echoes.map((echo) => (
        <EchoBubble key={echo.id} echo={echo} />
      ))}
      <Thinking />
      <div ref={end} />
    </div>
  );
}

function Talk({ message, isFirst }: { message: Message; isFirst: boolean }) {
  const { chat, words } = useChat();
  const { author, name, text, at } = message;
  const speaker = { customer: words.you, bot: words.assistant, agent: name ?? words.person, system: "" };
  return (
    <article class={`talk ${author}`}>
      {isFirst ? <span class={author === "customer" ? "unseen" : "name"}>{speaker[author]}</span> : null}
      {text ? (
        <p class="bubble">
          <Words text={text} newTab={words.newTab} />
        </p>
      ) : null}
      <Cards cards={products(message.cards)} />
      {offersPhone(message) && chat.hasPhone.value && !chat.standing.value.by_phone ? (
        <button type="button" class="show-way" onClick={() => chat.askForPhone()}>
          <PhoneIcon /> {words.showWay}
        </button>
      ) : null}
      <Choices message={message} />
      <time dateTime={at} title={moment(at, chat.language.value)}>
        {timeOfDay(at, chat.language.value)}
      </time>
    </article>
  );
}

function Step({ message: { kind, name, at, text } }: { message: Message }) {
  const { chat, words } = useChat();
  const who = name ?? words.person;
  const said: Partial<Record<Message["kind"], string>> = {
    opened: words.stepOpened,
    handed_off: words.stepHandedOff,
    claimed: words.stepClaimed(who),
    called_off: words.stepCalledOff,
    lapsed: words.stepLapsed(who),
    transferred: words.stepTransferred(who),
    requeued: words.stepRequeued,
    joined: words.stepJoined(who),
    held: words.stepHeld(who),
    resumed: words.stepResumed(who),
    returned: words.stepReturned(who),
    closed: words.stepClosed,
    moved: text === "phone" ? words.stepByPhone : words.stepInWriting,
    rated: words.stepRated,
  };
  if (!said[kind]) return null;
  return (
    <p class="step">
      {said[kind]} · <time dateTime={at}>{timeOfDay(at, chat.language.value)}</time>
    </p>
  );
}

function Thinking() {
  const { chat, words } = useChat();
  const { agent } = chat.standing.value;
  const thinks = botThinks(chat.transcript.messages.value, chat.echoes.value, chat.standing.value);
  const isOnline = chat.state.value === "online";
  if (!isOnline || !(thinks || chat.agentTypes.value)) return null;
  const said = chat.agentTypes.value ? words.types(agent ?? words.person) : words.thinks;
  return (
    <p class="thinking">
      <span class="unseen">{said}</span>
      <i /><i /><i />
    </p>
  );
}
