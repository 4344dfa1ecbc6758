import { useDesk, useWords } from "./around";
import { NoteBox, ReplyBox } from "./Boxes";
import { DeskLog } from "./DeskLog";
import { dialog } from "./dialogs";
import { canHoldChat, canJoin, canListen, canSpeak, canTake, canTakeOver } from "./commands";
import { Others } from "./Others";
import type { Story } from "./protocol";
import { Telephones } from "./Telephones";

/** The open conversation: who has it, what was said, and what the agent can do. */
export function ConversationPane() {
  const desk = useDesk();
  const words = useWords();
  const { value: story } = desk.opened.story;
  if (!story) {
    return (
      <section class="conversation">
        <p class="placeholder">{desk.opened.selected.value ? words.loading : words.pick}</p>
      </section>
    );
  }
  return (
    <section class="conversation" key={story.conversation.id}>
      <Head story={story} />
      <Others />
      <Telephones legs={story.legs} />
      <DeskLog story={story} />
      {desk.maySpeak.value ? <ReplyBox story={story} /> : null}
      <NoteBox story={story} />
    </section>
  );
}

function Head({ story: { conversation, customer } }: { story: Story }) {
  const desk = useDesk();
  const words = useWords();
  const { handler, agent, channel, language } = conversation;
  return (
    <header class="head">
      <div>
        <h2>{customer?.name ?? words.someone}</h2>
        <p>
          {words.channels[channel]} · {words.languages[language]} ·{" "}
          {handler === "agent" && agent ? words.withAgent(agent) : words.handlers[handler]}
        </p>
      </div>
      {canTake(desk) ? (
        <button type="button" class="button strong" onClick={() => void desk.deeds.claim()}>
          {words.take} <kbd>T</kbd>
        </button>
      ) : null}
      {canTakeOver(desk) ? (
        <button type="button" class="button" onClick={() => void desk.deeds.takeOver()}>
          {words.takeFrom} <kbd>M</kbd>
        </button>
      ) : null}
      {canListen(desk) ? (
        <button type="button" class="button" onClick={() => void desk.calling.listenIn()}>
          {words.listenIn} <kbd>L</kbd>
        </button>
      ) : null}
      {desk.calling.listens.value ? (
        <button
          type="button"
          class="button"
          aria-pressed={desk.calling.whispers.value}
          onClick={() => void desk.calling.whisper()}
        >
          {words.whisper} <kbd>V</kbd>
        </button>
      ) : null}
      {canSpeak(desk) ? (
        <button type="button" class="button" onClick={() => void desk.calling.speak()}>
          {words.speak} <kbd>P</kbd>
        </button>
      ) : null}
      {canJoin(desk) || desk.together.hasJoined.value ? (
        <button
          type="button"
          class="button"
          onClick={() => void desk.together.join(!desk.together.hasJoined.value)}
        >
          {desk.together.hasJoined.value ? words.part : words.join} <kbd>G</kbd>
        </button>
      ) : null}
      {desk.isMine.value ? (
        <>
          {canHoldChat(desk) ? (
            <button
              type="button"
              class="button"
              aria-pressed={desk.together.onHoldSince.value !== null}
              onClick={() => void desk.together.hold(desk.together.onHoldSince.value === null)}
            >
              {desk.together.onHoldSince.value ? words.resume : words.hold} <kbd>H</kbd>
            </button>
          ) : null}
          {desk.calling.speaks.value ? (
            <button
              type="button"
              class="button"
              aria-pressed={desk.calling.isHeld.value}
              onClick={() => void desk.calling.hold(!desk.calling.isHeld.value)}
            >
              {desk.calling.isHeld.value ? words.resume : words.hold} <kbd>H</kbd>
            </button>
          ) : null}
          <button type="button" class="button" onClick={() => (dialog.value = "transfer")}>
            {words.passOn} <kbd>X</kbd>
          </button>
          <button type="button" class="button" onClick={() => (dialog.value = "return")}>
            {words.giveBack} <kbd>B</kbd>
          </button>
          <button type="button" class="button" onClick={() => (dialog.value = "close")}>
            {words.close} <kbd>E</kbd>
          </button>
        </>
      ) : null}
    </header>
  );
}
