import { useEffect, useState } from "preact/hooks";
import { Cover } from "../shared/Cover";
import { price } from "../shared/format";
import { language } from "../shared/page";
import { addressOf } from "./address";
import { find, isUnreachable, type Product, products } from "./catalogue";
import { useWords } from "./words";

const AFTER_TYPING_MS = 220;

/** The goods, by search and by kind. */
export function Shelves() {
  const words = useWords();
  const [query, setQuery] = useState("");
  const [kind, setKind] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => void find(query, language.value), AFTER_TYPING_MS);
    return () => clearTimeout(timer);
  }, [query, language.value]);

  const all = products.value ?? [];
  const kinds = Object.keys(words.kinds).filter((each) => all.some((one) => one.kind === each));
  const shown = all.filter((one) => kind === null || one.kind === kind || !kinds.includes(kind));
  return (
    <section class="shelves">
      <div class="finding">
        <input
          class="field"
          type="search"
          value={query}
          placeholder={words.search}
          aria-label={words.search}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <div class="kinds" role="group">
          <Kind name={words.all} isChosen={kind === null} onChoose={() => setKind(null)} />
          {kinds.map((each) => (
            <Kind
              key={each}
              name={words.kinds[each as keyof typeof words.kinds]}
              isChosen={kind === each}
              onChoose={() => setKind(each)}
            />
          ))}
        </div>
      </div>
      <p role="status" class="found">
        {products.value && !isUnreachable.value ? words.found(shown.length) : null}
      </p>
      {isUnreachable.value ? <Unreachable onRetry={() => void find(query, language.value)} /> : null}
      {products.value?.length === 0 ? <p class="nothing">{words.nothing}</p> : null}
      <ul class="grid">
        {shown.map((product) => (
          <li key={product.sku}>
            <Tile product={product} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const words = useWords();
  return (
    <p class="nothing">
      {words.unreachable}{" "}
      <button type="button" class="button" onClick={onRetry}>
        {words.retry}
      </button>
    </p>
  );
}

function Kind(props: { name: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" class="chip" aria-pressed={props.isChosen} onClick={props.onChoose}>
      {props.name}
    </button>
  );
}

function Tile({ product }: { product: Product }) {
  const words = useWords();
  return (
    <a class="tile" href={addressOf(product.sku)}>
      <Picture product={product} />
      <span class="creator">{product.creator}</span>
      <span class="name">{product.title}</span>
      <span class="bottom">
        <span class="cost">{price(product.price, product.currency, language.value)}</span>
        {product.in_stock ? null : <span class="gone">{words.soldOut}</span>}
      </span>
    </a>
  );
}

/** A product's own picture, or one drawn for it. */
export function Picture({ product }: { product: Product }) {
  return (
    <span class="picture">
      {product.image ? (
        <img src={product.image} alt="" loading="lazy" />
      ) : (
        <Cover sku={product.sku} title={product.title} kind={product.kind} />
      )}
    </span>
  );
}
