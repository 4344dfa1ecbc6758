import type { ComponentChildren } from "preact";
import { day, price } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import { Understood } from "./Understood";
import { Offers } from "./Offers";
import { Recorded } from "./Recorded";
import type { Order, Story, Suggested } from "./protocol";
import { Brief } from "./story/Brief";
import { Cases } from "./story/Cases";
import { FormBox } from "./story/FormBox";

/** Everything known about the customer, the reason for the hand-off first. */
export function CustomerPanel() {
  const words = useWords();
  const { value: story } = useDesk().opened.story;
  if (!story) return <aside class="panel" aria-label={words.card} />;
  const suggestedHere = story.suggestions.filter(({ here }) => here);
  const interests = story.interests ?? story.customer?.interests ?? [];
  return (
    <aside class="panel" aria-label={words.card}>
      <Brief story={story} />
      <FormBox key={story.conversation.id} story={story} />
      <Identity story={story} />
      <Recorded story={story} />
      <Understood slots={story.conversation.slots} />
      <Section name={words.orders} isEmpty={story.orders.length === 0}>
        {story.orders.map((order) => (
          <OrderFacts key={order.number} order={order} />
        ))}
      </Section>
      <Cases story={story} />
      <Offers story={story} />
      <Section name={words.alreadySuggested} isEmpty={suggestedHere.length === 0}>
        {suggestedHere.map((suggested) => (
          <SuggestedFacts key={`${suggested.rank}${suggested.title}`} suggested={suggested} />
        ))}
      </Section>
      <Section name={words.interests} isEmpty={interests.length === 0}>
        <ul class="tags">
          {interests.map(({ text, source }) => (
            <li key={`${text}${source}`}>
              {text} <small>{words.sources[source] ?? source}</small>
            </li>
          ))}
        </ul>
      </Section>
    </aside>
  );
}

function Identity({ story: { conversation, customer } }: { story: Story }) {
  const words = useWords();
  const { level, verified_how } = conversation;
  const isProved = level === "verified" || level === "strong";
  return (
    <section id="card" tabIndex={-1}>
      <h3>{words.card}</h3>
      <p class={`level ${level}`}>
        <strong>{words.levels[level]}</strong>{" "}
        {isProved && verified_how ? (words.how[verified_how] ?? verified_how) : null}
      </p>
      {isProved ? null : <p class="warning">{words.notVerified}</p>}
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
        </dl>
      ) : null}
    </section>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const words = useWords();
  const { number, state, expected_on, total, currency, lines } = order;
  const isOnItsWay = state === "placed" || state === "shipped";
  return (
    <details class="order" id={`order-${number}`} tabIndex={-1} open={isOnItsWay}>
      <summary>
        <strong>{number}</strong>
        <span class={`state ${state}`}>{words.orderStates[state] ?? state}</span>
        <span class="total">{price(total, currency, language.value)}</span>
      </summary>
      {isOnItsWay && expected_on ? <p>{words.expected(day(expected_on, language.value))}</p> : null}
      <ul>
        {lines.map(({ title, quantity }) => (
          <li key={title}>
            {quantity > 1 ? `${quantity} × ` : ""}
            {title}
          </li>
        ))}
      </ul>
    </details>
  );
}

function SuggestedFacts({ suggested: { title, reason, outcome } }: { suggested: Suggested }) {
  const words = useWords();
  return (
    <p class="suggested">
      <strong>{title}</strong>
      {outcome ? (
        <span class={`state ${outcome}`}>{words.suggestionOutcomes[outcome] ?? outcome}</span>
      ) : null}
      <small>{reason}</small>
    </p>
  );
}

function Section(props: { name: string; isEmpty: boolean; children: ComponentChildren }) {
  const words = useWords();
  return (
    <section>
      <h3>{props.name}</h3>
      {props.isEmpty ? <p class="faint">{words.none}</p> : props.children}
    </section>
  );
}

/** A name and what stands behind it. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
