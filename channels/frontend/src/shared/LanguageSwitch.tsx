import { chooseLanguage, language } from "./page";
import type { Language } from "./protocol";

const NAMES: Record<Language, string> = { de: "DE, Deutsch", en: "EN, English" };

/** The page's two languages; `also` is told of a change. */
export function LanguageSwitch({ also }: { also?: (chosen: Language) => void }) {
  return (
    <div class="languages" role="group" aria-label="Sprache / Language">
      {(["de", "en"] as const).map((each) => (
        <button
          type="button"
          lang={each}
          aria-label={NAMES[each]}
          aria-pressed={language.value === each}
          onClick={() => {
            chooseLanguage(each);
            also?.(each);
          }}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
