import type { Echo } from "../shared/chat";
import { Words } from "../shared/Words";
import { SentIcon, WaitIcon } from "./icons";
import { useChat } from "./Widget";

/** The customer's words, shown before the server has confirmed them. */
export function EchoBubble({ echo }: { echo: Echo }) {
  const { chat, words } = useChat();
  return (
    <article class={`talk customer echo ${echo.state}`}>
      <span class="unseen">{words.you}</span>
      <p class="bubble">
        <Words text={echo.text} newTab={words.newTab} />
      </p>
      {echo.state === "refused" ? (
        <p class="refusal">
          {echo.reason || words.refused}{" "}
          <button type="button" onClick={() => chat.sayAgain(echo.id)}>
            {words.again}
          </button>
        </p>
      ) : (
        <span class="delivery">
          {echo.state === "sent" ? <SentIcon /> : <WaitIcon />}
          {echo.state === "sent" ? words.sent : words.pending}
        </span>
      )}
    </article>
  );
}
