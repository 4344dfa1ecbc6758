import { useEffect, useRef } from "preact/hooks";
import { price } from "../shared/format";
import { language } from "../shared/page";
import type { Product } from "./catalogue";
import { Picture } from "./Shelves";
import { useWords } from "./words";
import { widget } from "./widget";

/** One product, in a dialog over the shelves. */
export function Details({ product, onClose }: { product: Product; onClose: () => void }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="details" aria-label={product.title} onClose={onClose}>
      <Picture product={product} />
      <div>
        <p class="creator">{product.creator}</p>
        <h2>{product.title}</h2>
        <p>{product.description}</p>
        <p class="cost">{price(product.price, product.currency, language.value)}</p>
        <p class={product.in_stock ? "there" : "gone"}>
          {product.in_stock ? words.inStock : words.soldOut}
        </p>
        <p class="calls">
          <button type="button" class="button strong" onClick={askAbout}>
            {words.askAbout}
          </button>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </p>
      </div>
    </dialog>
  );

  function askAbout(): void {
    dialog.current?.close();
    widget()?.open();
  }
}
