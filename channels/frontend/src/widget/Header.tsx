import { isTalk } from "./entries";
import { CloseIcon, PersonIcon, PhoneIcon, SparkIcon, WaitIcon } from "./icons";
import { useChat } from "./Widget";

/** Who is speaking, and the way to a person. */
export function Header() {
  const { chat, frame, words } = useChat();
  const { handler, by_phone } = chat.standing.value;
  const canPhone = chat.hasPhone.value && !by_phone && handler !== "closed";
  const hasBegun = chat.transcript.messages.value.some(isTalk);
  return (
    <div class="top">
      <div class="who">
        <Face />
        <Speaker />
        <button type="button" class="tool" onClick={otherLanguage} aria-label={words.language}>
          {words.languageShort}
        </button>
        <button type="button" class="tool" onClick={() => frame.close()} aria-label={words.close}>
          <CloseIcon />
        </button>
      </div>
      <div class="ways">
        {handler === "bot" && hasBegun ? (
          <button type="button" class="to-person" onClick={() => chat.say(words.toPersonWords)}>
            <PersonIcon /> {words.toPerson}
          </button>
        ) : null}
        {handler === "queue" && !by_phone ? (
          <button type="button" class="to-person" onClick={() => chat.callOff()}>
            {words.callOff}
          </button>
        ) : null}
        {canPhone && hasBegun ? (
          <button type="button" class="to-person" onClick={() => chat.askForPhone()}>
            <PhoneIcon /> {words.goOnByPhone}
          </button>
        ) : null}
      </div>
    </div>
  );

  function otherLanguage(): void {
    chat.speak(chat.language.value === "de" ? "en" : "de");
  }
}

function Face() {
  const { handler, agent } = useChat().chat.standing.value;
  if (handler === "queue") return <span class="face waits"><WaitIcon /></span>;
  if (handler === "agent") return <span class="face">{agent?.[0] ?? <PersonIcon />}</span>;
  return <span class="face"><SparkIcon /></span>;
}

function Speaker() {
  const { chat, words } = useChat();
  const { handler, agent, position, minutes } = chat.standing.value;
  const [name, role] = {
    bot: [words.assistant, words.assistantIs],
    queue: [words.person, position ? words.waitingPlace(position, minutes ?? null) : words.waiting],
    agent: [agent ?? words.person, words.person],
    closed: [words.chat, words.ended],
  }[handler];
  return (
    <div class="speaker" role="status">
      <strong>{name}</strong>
      <span>{role}</span>
    </div>
  );
}
