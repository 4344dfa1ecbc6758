import { useEffect, useState } from "preact/hooks";
import { day, moment, price } from "../../shared/format";
import { language } from "../../shared/page";
import { useDesk, useWords } from "../around";
import { Fact } from "../CustomerPanel";
import type { Card as Known, Maybe, Story } from "../protocol";
import { mergeCustomer, recognise } from "./deeds";
import { reveal } from "./reveal";
import { useStoryWords } from "./words";

/** The customer's card: who it is and how that is known, how they stand, and who else it may be. */
export function Card({ story }: { story: Story }) {
  const words = useWords();
  const { customer } = story;
  const known = useCard(story);
  return (
    <section id="card" tabIndex={-1}>
      <h3>{words.card}</h3>
      <Identity story={story} />
      {customer ? (
        <dl>
          <Fact name={words.number}>{customer.number}</Fact>
          <Fact name={words.language}>{words.languages[customer.language]}</Fact>
          <Fact name={words.since}>{day(customer.since, language.value)}</Fact>
          {customer.contacts.map(({ kind, value }) => (
            <Fact key={value} name={kind === "email" ? words.email : words.phone}>
              {value}
            </Fact>
          ))}
          {known ? <Standing known={known} /> : null}
        </dl>
      ) : null}
      {known?.maybe.map((one) => (
        <MaybeThem key={one.id} one={one} story={story} />
      ))}
    </section>
  );
}

/** How well it is known who it is, and where they showed it. */
function Identity({ story: { conversation, happened } }: { story: Story }) {
  const words = useWords();
  const told = useStoryWords();
  const { level, verified_how } = conversation;
  const isProved = level === "verified" || level === "strong";
  const proof = happened.findLast(({ kind, seq }) => kind === "customer_verified" && seq !== null);
  const how = verified_how ? (words.how[verified_how] ?? verified_how) : null;
  return (
    <>
      <p class={`level ${level}`}>
        <strong>{words.levels[level]}</strong>{" "}
        {isProved && proof ? (
          <button
            type="button"
            class="fact"
            onClick={() => reveal({ kind: "message", ref: String(proof.seq) })}
          >
            {how}
          </button>
        ) : (
          how
        )}
      </p>
      {isProved ? null : <p class="warning">{words.notVerified}</p>}
      {verified_how === "agent" && !isProved ? <p class="faint">{told.recognisedHint}</p> : null}
    </>
  );
}

function Standing({ known: { worth, consents } }: { known: Known }) {
  const told = useStoryWords();
  if (!worth) return null;
  const { orders, spent, sent_back, currency, last_order, contacts, last_contact } = worth;
  const money = (amount: string) => price(amount, currency, language.value);
  return (
    <>
      <Fact name={told.bought}>
        {orders === 0 ? told.nothingYet : `${told.facts.orders!(String(orders))}, ${money(spent)}`}
        {Number(sent_back) > 0 ? ` · ${told.sentBack(money(sent_back))}` : null}
        {last_order ? <small> {told.lastOn(day(last_order, language.value))}</small> : null}
      </Fact>
      <Fact name={told.inTouch}>
        {contacts === 0 ? told.firstTime : told.contacts(contacts)}
        {last_contact ? <small> {told.lastOn(moment(last_contact, language.value))}</small> : null}
      </Fact>
      {consents.map(({ kind, given }) => (
        <Fact key={kind} name={told.consents[kind] ?? kind}>
          {given ? told.allowed : told.refused}
        </Fact>
      ))}
    </>
  );
}

/** Somebody whom it may be: never taken for certain before an agent says so. */
function MaybeThem({ one, story }: { one: Maybe; story: Story }) {
  const desk = useDesk();
  const told = useStoryWords();
  const [typed, setTyped] = useState("");
  const by = one.by.map((sign) => told.by[sign]).join(", ");
  return (
    <div class="maybe-them">
      <p>
        <span class="maybe">{told.maybe}</span> <strong>{one.name}</strong> {one.number}
        <small>{by}</small>
      </p>
      {!desk.isMine.value ? null : story.customer ? (
        <details>
          <summary>{told.merge}</summary>
          <form class="fill" onSubmit={merge}>
            <p class="faint">{told.mergeHint(one.number, story.customer.number)}</p>
            <label>
              {told.mergeNumber(one.number)}
              <input
                class="field"
                required
                autocomplete="off"
                value={typed}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </label>
            <p class="buttons">
              <button type="submit" class="button small strong">
                {told.mergeNow}
              </button>
            </p>
          </form>
        </details>
      ) : (
        <button type="button" class="button small" onClick={() => void recognise(desk, one.id)}>
          {told.itIsThem}
        </button>
      )}
    </div>
  );

  function merge(event: SubmitEvent): void {
    event.preventDefault();
    void mergeCustomer(desk, one.id, typed);
  }
}

/** What takes some looking up; the rest of the card does not wait for it. */
function useCard(story: Story): Known | null {
  const desk = useDesk();
  const [known, setKnown] = useState<Known | null>(null);
  const { id } = story.conversation;
  useEffect(() => {
    let isHere = true;
    desk.api
      .get<Known>(`conversations/${id}/card`)
      .then((found) => isHere && setKnown(found))
      .catch(() => isHere && setKnown(null));
    return () => {
      isHere = false;
    };
    // The brief is another one whenever the story has been read again.
  }, [story.brief]);
  return known;
}
