import { useEffect, useRef, useState } from "preact/hooks";
import { price } from "../shared/format";
import { language } from "../shared/page";
import { type Product, productOf } from "./catalogue";
import { Picture } from "./Shelves";
import { useWords } from "./words";
import { widget } from "./widget";

type Found = Product | "loading" | "missing";

/** One product, at an address of its own, with what the widget suggests beside it. */
export function ProductPage({ sku }: { sku: string }) {
  const words = useWords();
  const found = useProduct(sku);
  const heading = useRef<HTMLHeadingElement>(null);
  const title = typeof found === "string" ? null : found.title;
  useEffect(() => {
    if (title === null) return;
    document.title = `${title} · Belcanto`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <article class="product">
      <p class="way-back">
        <a href="#/">← {words.backToAll}</a>
      </p>
      {found === "missing" ? (
        <p class="nothing">{words.noSuchProduct}</p>
      ) : (
        <div class="about">
          {found === "loading" ? <span class="picture" /> : <Picture product={found} />}
          <div>
            {found === "loading" ? null : (
              <>
                <p class="eyebrow">{words.kinds[found.kind as keyof typeof words.kinds]}</p>
                <h1 ref={heading} tabIndex={-1}>
                  {found.title}
                </h1>
                <p class="creator">{found.creator}</p>
                <p class="intro">{found.description}</p>
                <p class="cost">{price(found.price, found.currency, language.value)}</p>
                <p class={found.in_stock ? "there" : "gone"}>
                  {found.in_stock ? words.inStock : words.soldOut}
                </p>
                <p class="calls">
                  <button type="button" class="button strong" onClick={() => widget()?.open()}>
                    {words.askAbout}
                  </button>
                </p>
              </>
            )}
          </div>
        </div>
      )}
      {/* A new place for each product and language: what is in it belongs to that alone. */}
      <Beside key={`${sku} ${language.value}`} sku={sku} />
    </article>
  );
}

function Beside({ sku }: { sku: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current) widget()?.viewed(place.current);
  }, []);
  return <div ref={place} class="beside" data-rapport-product={sku} />;
}

function useProduct(sku: string): Found {
  const [found, setFound] = useState<{ sku: string; product: Found }>({ sku, product: "loading" });
  useEffect(() => {
    let isWanted = true;
    const keep = (product: Found) => void (isWanted && setFound({ sku, product }));
    productOf(sku, language.value).then(keep, () => keep("missing"));
    return () => void (isWanted = false);
  }, [sku, language.value]);
  return found.sku === sku ? found.product : "loading";
}
