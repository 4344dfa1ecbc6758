import { LanguageSwitch } from "./LanguageSwitch";

/** The bar of a small page of the demo, with the way back to the shop. */
export function PageTop({ title, shop }: { title: string; shop: string }) {
  return (
    <header class="page-top">
      <a href="/" class="back">
        ← {shop}
      </a>
      <h1>{title}</h1>
      <LanguageSwitch />
    </header>
  );
}
