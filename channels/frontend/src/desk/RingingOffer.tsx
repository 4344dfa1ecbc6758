import { useDesk, useNow, useWords } from "./around";

/** A customer who is offered to this agent: who, what about, and how long it still rings. */
export function RingingOffer() {
  const desk = useDesk();
  const words = useWords();
  const now = useNow();
  const { value: offer } = desk.onDuty.rings;
  if (!offer) return <div role="status" />;
  const line = desk.lists.value.waiting.find(({ id }) => id === offer.conversation);
  const left = Math.max(0, Math.ceil((Date.parse(offer.until) - now) / 1000));
  return (
    <section class="ringing" aria-label={words.offer}>
      <p class="lead" role="status">
        <strong>{words.offer}</strong> <span>{line?.name ?? words.someone}</span>
      </p>
      {line ? (
        <>
          <p class="preview">{line.preview}</p>
          <p class="marks">
            <span class={`mark ${line.channel}`}>{words.channels[line.channel]}</span>
            <span class="mark">{line.language.toUpperCase()}</span>
            {line.reason ? <span class="reason">{words.reasons[line.reason] ?? line.reason}</span> : null}
          </p>
        </>
      ) : null}
      <p class="buttons">
        <span class="left" aria-hidden="true">
          {words.secondsLeft(left)}
        </span>
        <button type="button" class="button" onClick={() => void desk.onDuty.decline()}>
          {words.declineOffer} <kbd>D</kbd>
        </button>
        <button type="button" class="button strong" onClick={() => void desk.onDuty.accept()}>
          {words.take} <kbd>Y</kbd>
        </button>
      </p>
    </section>
  );
}
