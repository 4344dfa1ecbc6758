import { moment, price } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import { de } from "./messages.de";
import { en } from "./messages.en";
import type { Offer, Offers as Known, Story } from "./protocol";

/** What the agent may suggest, with the whole way that led to it folded below. */
export function Offers({ story }: { story: Story }) {
  const words = useWords();
  const { value: offers } = useDesk().opened.offers;
  return (
    <section aria-busy={offers === null}>
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
  const spoken = story.conversation.language;
  const cost = price(offer.price, offer.currency, spoken);
  return (
    <div class="offer">
      <p>
        <strong>{offer.title}</strong> <span class="cost">{cost}</span>
        <small lang={spoken}>{offer.reason}</small>
      </p>
      {desk.isMine.value ? (
        <button
          type="button"
          class="button small"
          aria-label={`${words.putIntoReply}: ${offer.title}`}
          onClick={() => desk.deeds.offer(offer, sentence())}
        >
          {words.putIntoReply}
        </button>
      ) : null}
      <details>
        <summary>{words.why}</summary>
        <Derivation offer={offer} offers={offers} />
      </details>
    </div>
  );

  /** In the customer's language, whichever the agent's page is in. */
  function sentence(): string {
    return (spoken === "de" ? de : en).offerSentence(offer.title, cost, offer.reason);
  }
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
