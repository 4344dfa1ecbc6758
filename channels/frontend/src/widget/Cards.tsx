import { Cover } from "../shared/Cover";
import { price } from "../shared/format";
import type { Card } from "../shared/protocol";
import { useChat } from "./Widget";

/** Suggested products side by side, each with the reason why. */
export function Cards({ cards }: { cards: readonly Card[] }) {
  const { words } = useChat();
  if (cards.length === 0) return null;
  return (
    <ul class="cards" aria-label={words.cards} tabIndex={0}>
      {cards.map((card) => (
        <li key={card.sku}>
          <Product card={card} />
        </li>
      ))}
    </ul>
  );
}

function Product({ card }: { card: Card }) {
  const { chat, words, productAddress } = useChat();
  return (
    <div class="card">
      <div class="picture">
        {card.image ? <img src={card.image} alt="" /> : <Cover sku={card.sku} title={card.title} />}
      </div>
      <div class="facts">
        {card.reason ? <p class="reason">{card.reason}</p> : null}
        <p class="title">
          {productAddress ? (
            <a href={productAddress.replace("{sku}", encodeURIComponent(card.sku))}>{card.title}</a>
          ) : (
            card.title
          )}
        </p>
        <p class="price">{price(card.price, card.currency, chat.language.value)}</p>
        <p class={card.in_stock ? "stock" : "stock out"}>{card.in_stock ? words.inStock : words.soldOut}</p>
      </div>
    </div>
  );
}
