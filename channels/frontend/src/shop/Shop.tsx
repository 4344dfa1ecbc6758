import { useEffect, useState } from "preact/hooks";
import { LanguageSwitch } from "../shared/LanguageSwitch";
import { language } from "../shared/page";
import type { Language } from "../shared/protocol";
import { productOf, type Product } from "./catalogue";
import { Details } from "./Details";
import { Hero } from "./Hero";
import { Shelves } from "./Shelves";
import { TryOut } from "./TryOut";
import { widget } from "./widget";
import { useWords } from "./words";

/** The demo shop's one page. */
export function Shop() {
  const words = useWords();
  const [shown, show] = useState<Product | null>(null);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  useEffect(() => {
    const sku = new URLSearchParams(location.search).get("product");
    if (sku) productOf(sku, language.value).then(show, () => show(null));
  }, [language.value]);

  return (
    <>
      <Top />
      <main>
        <Hero />
        <Shelves onShow={show} />
        <TryOut />
      </main>
      <footer class="foot">{words.footer}</footer>
      {shown ? <Details product={shown} onClose={close} /> : null}
    </>
  );

  function close(): void {
    show(null);
    history.replaceState(null, "", location.pathname);
  }
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
