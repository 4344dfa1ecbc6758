import { elapsed } from "../shared/format";
import { useDesk, useNow, useWords } from "./around";

/** Colleagues at the open conversation: who speaks as well, who looks, and who writes. */
export function Others() {
  const { opened, together } = useDesk();
  const words = useWords();
  const { value: others } = opened.beside.others;
  const { value: joined } = together.joined;
  // Of those who speak, it goes without saying that they look.
  const speaking = [opened.story.value?.conversation.agent_id, ...joined.map(({ id }) => id)];
  const shown = others.filter(({ id, isWriting }) => isWriting || !speaking.includes(id));
  return (
    <p class="telephones" role="status">
      {together.onHoldSince.value ? <OnHold since={together.onHoldSince.value} /> : null}
      {joined.map(({ id, name }) => (
        <span key={`${id} joined`} class="mark joined">
          {words.speaksAsWell(name)}
        </span>
      ))}
      {shown.map(({ id, name, isWriting }) => (
        <span key={id} class="mark">
          {isWriting ? words.colleagueWrites(name) : words.colleagueLooks(name)}
        </span>
      ))}
    </p>
  );
}

function OnHold({ since }: { since: string }) {
  const words = useWords();
  return (
    <span class="mark on-hold">
      {words.onHoldFor} <span aria-live="off">{elapsed(since, useNow())}</span>
    </span>
  );
}
