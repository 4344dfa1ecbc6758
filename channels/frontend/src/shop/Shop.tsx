import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { LanguageSwitch } from "../shared/LanguageSwitch";
import type { Language } from "../shared/protocol";
import { addressOf, shownSku } from "./address";
import { Hero } from "./Hero";
import { ProductPage } from "./ProductPage";
import { Shelves } from "./Shelves";
import { TryOut } from "./TryOut";
import { widget } from "./widget";
import { useWords } from "./words";

/** The demo shop: its shelves, and a page for each product. */
export function Shop() {
  const words = useWords();
  const sku = shownSku.value;
  useEffect(() => {
    if (sku === null) document.title = words.title;
  }, [words, sku]);
  useWayBack(sku);

  return (
    <>
      <Top />
      <main>
        {sku === null ? null : <ProductPage sku={sku} />}
        {/* Only hidden: who comes back finds the search as they left it. */}
        <div hidden={sku !== null}>
          <Hero />
          <Shelves />
          <TryOut />
        </div>
      </main>
      <footer class="foot">{words.footer}</footer>
    </>
  );
}

/** Begin each product at its top, and come back to where the shelves were left. */
function useWayBack(sku: string | null): void {
  const left = useRef({ sku: null as string | null, scroll: 0 });
  useEffect(() => {
    history.scrollRestoration = "manual";
    const keep = () => {
      if (shownSku.peek() === null) left.current.scroll = scrollY;
    };
    addEventListener("scroll", keep, { passive: true });
    return () => removeEventListener("scroll", keep);
  }, []);
  useLayoutEffect(() => {
    const { sku: former, scroll } = left.current;
    left.current = { sku, scroll };
    if (sku !== null) scrollTo(0, 0);
    else if (former !== null) {
      document.querySelector<HTMLElement>(`a[href="${addressOf(former)}"]`)?.focus();
      scrollTo(0, scroll);
    }
  }, [sku]);
}

function Top() {
  const words = useWords();
  return (
    <header class="top">
      <a class="brand" href="/">
        Belcanto
      </a>
      <span class="strap">{words.strap}</span>
      <nav>
        <a href="/demo/phone">{words.phone}</a>
        <a href="/demo/outbox">{words.outbox}</a>
        <a href="/desk">{words.desk}</a>
      </nav>
      <LanguageSwitch also={(chosen: Language) => widget()?.speak(chosen)} />
    </header>
  );
}
