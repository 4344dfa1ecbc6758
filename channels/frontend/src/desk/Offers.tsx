import { moment, price } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import type { Offer, Offers as Known, Story } from "./protocol";
import { currentOffer, decide, putIntoReply } from "./story/suggesting";
import { useStoryWords } from "./story/words";

/** What the agent may suggest, with the whole way that led to it folded below. */
export function Offers({ story }: { story: Story }) {
  const words = useWords();
  const { value: offers } = useDesk().opened.offers;
  return (
    <section id="suggestions" tabIndex={-1} aria-busy={offers === null}>
      <h3>{words.suggestions}</h3>
      {offers === null ? <p class="faint">…</p> : null}
      {offers?.unwelcome ? <p class="faint">{words.noneAfterComplaint}</p> : null}
      {offers && !offers.unwelcome && offers.suggestions.length === 0 ? (
        <p class="faint">{words.none}</p>
      ) : null}
      {offers?.suggestions.map((offer) => (
        <Offered key={offer.suggestion} offer={offer} offers={offers} story={story} />
      ))}
    </section>
  );
}

type Props = { offer: Offer; offers: Known; story: Story };

function Offered({ offer, offers, story }: Props) {
  const desk = useDesk();
  const words = useWords();
  const told = useStoryWords();
  const spoken = story.conversation.language;
  const isCurrent = currentOffer(desk)?.suggestion === offer.suggestion;
  const one = { title: offer.title, isCurrent };
  const state = offer.outcome !== "shown" ? offer.outcome : offer.offered ? "offered" : null;
  return (
    <div class="offer" aria-current={desk.isMine.value && isCurrent ? "true" : undefined}>
      <p>
        <strong>{offer.title}</strong>{" "}
        <span class="cost">{price(offer.price, offer.currency, spoken)}</span>{" "}
        {state ? (
          <span class={`state ${state}`}>
            {state === "offered" ? told.offered : (words.suggestionOutcomes[state] ?? state)}
          </span>
        ) : null}
        <small lang={spoken}>{offer.reason}</small>
      </p>
      {desk.isMine.value ? (
        <p class="deciding">
          <Does {...one} does={words.putIntoReply} hotkey="O" act={() => putIntoReply(desk, offer)} />
          <Does {...one} does={told.accepted} hotkey="+" act={() => answered("accepted")} />
          <Does {...one} does={told.declined} hotkey="-" act={() => answered("declined")} />
        </p>
      ) : null}
      <details>
        <summary>{words.why}</summary>
        <Derivation offer={offer} offers={offers} />
      </details>
    </div>
  );

  function answered(outcome: "accepted" | "declined"): void {
    void decide(desk, offer, outcome);
  }
}

type Deed = { title: string; isCurrent: boolean; does: string; hotkey: string; act: () => void };

function Does({ title, isCurrent, does, hotkey, act }: Deed) {
  return (
    <button type="button" class="button small" aria-label={`${does}: ${title}`} onClick={act}>
      {does} {isCurrent ? <kbd>{hotkey}</kbd> : null}
    </button>
  );
}

function Derivation({ offer, offers }: Omit<Props, "story">) {
  const words = useWords();
  return (
    <>
      {offers.looks_at ? <p>{words.looksAt}</p> : null}
      {offers.grounds.map(({ text, source, at, said }) => (
        <p key={`${text}${at}`}>
          {words.goesBy} <q>{text}</q> ({words.sources[source] ?? source},{" "}
          {moment(at, language.value)})
          {said && said.text !== text ? (
            <>
              <br />
              {words.inSentence} <q>{said.text}</q>
            </>
          ) : null}
        </p>
      ))}
      <dl>
        {Object.entries(words.scoreParts).map(([part, name]) => {
          const value = offer.derivation[part];
          return value === null || value === undefined || value === false ? null : (
            <div key={part}>
              <dt>{name}</dt>
              <dd>{value === true ? "✓" : typeof value === "number" ? written(value) : value}</dd>
            </div>
          );
        })}
        <div>
          <dt>{words.model}</dt>
          <dd>{offer.model}</dd>
        </div>
      </dl>
    </>
  );

  function written(value: number): string {
    return value.toLocaleString(language.value, { maximumFractionDigits: 3 });
  }
}
