import { useEffect } from "preact/hooks";
import { useBoard, useWords } from "./around";
import { Alarms } from "./Alarms";
import { Detail } from "./Detail";
import { Filters } from "./Filters";
import { NowStrip } from "./NowStrip";
import { People } from "./People";
import { Sentences } from "./Sentences";
import { Tiles } from "./Tiles";

/** The whole board: this moment, the numbers, and the one that is taken apart. */
export function BoardPage() {
  const board = useBoard();
  const words = useWords();
  const { value: viewer } = board.viewer;
  useEffect(() => void (document.title = words.title), [words]);
  if (viewer === undefined) return null;
  if (!viewer?.rights.includes("oversee")) return <NotForYou isKnown={viewer !== null} />;
  return (
    <div class="board">
      <Filters />
      <p role="status" class="offline">
        {board.isOffline.value ? words.offline : null}
      </p>
      <main>
        <Alarms />
        <NowStrip />
        <People />
        <Tiles />
        <div class="apart">
          <Detail />
          <Sentences />
        </div>
      </main>
    </div>
  );
}

function NotForYou({ isKnown }: { isKnown: boolean }) {
  const words = useWords();
  return (
    <main class="not-for-you">
      <h1>{words.title}</h1>
      <p>{isKnown ? words.notYourRole : words.logInFirst}</p>
      <a class="button strong" href="/desk">
        {words.toDesk}
      </a>
    </main>
  );
}
