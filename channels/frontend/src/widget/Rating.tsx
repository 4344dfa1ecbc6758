import { useChat } from "./Widget";

const STARS = [1, 2, 3, 4, 5];

/** The one question after a conversation with a person; it can be passed over. */
export function Rating() {
  const { chat, words } = useChat();
  return (
    <fieldset class="rating">
      <legend>{words.rating}</legend>
      {STARS.map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={words.stars(stars)}
          title={words.stars(stars)}
          onClick={() => chat.rate(stars)}
        >
          ★
        </button>
      ))}
      <button type="button" class="skip" onClick={() => chat.rate(0)}>
        {words.noRating}
      </button>
    </fieldset>
  );
}
