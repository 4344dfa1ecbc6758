import { useEffect, useRef } from "preact/hooks";
import { Cover } from "../shared/Cover";
import { price } from "../shared/format";
import type { Looking, Offer } from "./looking";
import { useChat } from "./Widget";

/** A few products beside the one that is looked at, each with the reason why. */
export function Strip({ looking }: { looking: Looking }) {
  const { chat, words } = useChat();
  const offers = looking.offers.value;
  if (offers.length === 0) return null;
  return (
    <section class="strip" aria-labelledby="heading" lang={chat.language.value}>
      <h2 id="heading">{words.alsoHeading}</h2>
      <ul>
        {offers.map((offer) => (
          <Suggested key={offer.suggestion} looking={looking} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function Suggested({ looking, offer }: { looking: Looking; offer: Offer }) {
  const { chat, words, productAddress } = useChat();
  const isRefused = looking.refused.value.has(offer.suggestion);
  return (
    <li class={isRefused ? "refused" : ""}>
      {/* Hidden and not gone, so that nothing moves under the pointer. */}
      <div class="product">
        <span class="picture">
          {offer.image ? (
            <img src={offer.image} alt="" loading="lazy" />
          ) : (
            <Cover sku={offer.sku} title={offer.title} />
          )}
        </span>
        <div class="facts">
          {productAddress ? (
            <a
              href={productAddress.replace("{sku}", encodeURIComponent(offer.sku))}
              onClick={() => looking.accept(offer)}
            >
              {offer.title}
            </a>
          ) : (
            <strong>{offer.title}</strong>
          )}
          <p class="reason">{offer.reason}</p>
          <p class="price">{price(offer.price, offer.currency, chat.language.value)}</p>
          <button
            type="button"
            aria-label={`${words.notForMe}: ${offer.title}`}
            onClick={() => looking.refuse(offer)}
          >
            {words.notForMe}
          </button>
        </div>
      </div>
      {isRefused ? (
        <Refused title={offer.title} isNoted={!looking.unnoted.value.has(offer.suggestion)} />
      ) : null}
    </li>
  );
}

function Refused({ title, isNoted }: { title: string; isNoted: boolean }) {
  const { words } = useChat();
  const place = useRef<HTMLParagraphElement>(null);
  // The button that had the focus cannot be reached any more.
  useEffect(() => place.current?.focus(), []);
  return (
    <p ref={place} class="word" tabIndex={-1} aria-live="polite">
      {isNoted ? words.notAgain(title) : words.notNoted(title)}
    </p>
  );
}
