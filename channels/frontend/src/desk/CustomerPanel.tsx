import type { ComponentChildren } from "preact";
import { day, price } from "../shared/format";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import { Understood } from "./Understood";
import { Offers } from "./Offers";
import { Recorded } from "./Recorded";
import type { Order, Suggested } from "./protocol";
import { Brief } from "./story/Brief";
import { Card } from "./story/Card";
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
      <Card story={story} />
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
