import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { CustomerPanel } from "./CustomerPanel";
import { EndDialog, type Ends } from "./EndDialog";
import { Help } from "./Help";
import { onDeskKey } from "./keys";
import { ConversationPane } from "./ConversationPane";
import { Login } from "./Login";
import { Profile } from "./Profile";
import { Queue } from "./Queue";
import { Softphone } from "./Softphone";
import { TransferDialog } from "./TransferDialog";
import { TopBar, Troubles } from "./TopBar";

export type Dialog = Ends | "help" | "profile" | "transfer" | null;

/** Which dialog is open, if any. */
export const dialog = signal<Dialog>(null);

/** The whole desk: login, or lists, conversation and customer side by side. */
export function DeskPage() {
  const desk = useDesk();
  const words = useWords();
  const waiting = desk.lists.value.waiting.length;
  const { value: agent } = desk.agent;
  useEffect(() => {
    document.title = agent && waiting > 0 ? `(${waiting}) ${words.title}` : words.title;
  }, [waiting, words, agent]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onDeskKey(event, desk, dialog);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  if (agent === undefined) return null;
  if (agent === null) return <Login />;
  return (
    <div class="desk">
      <TopBar />
      <Troubles />
      <main class="panes">
        <Queue />
        <ConversationPane />
        <CustomerPanel />
      </main>
      <Softphone />
      <Dialogs />
    </div>
  );
}

function Dialogs() {
  const close = () => (dialog.value = null);
  if (dialog.value === null) return null;
  if (dialog.value === "help") return <Help onClose={close} />;
  if (dialog.value === "profile") return <Profile onClose={close} />;
  if (dialog.value === "transfer") return <TransferDialog onClose={close} />;
  return <EndDialog how={dialog.value} onClose={close} />;
}
