import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useDesk, useWords } from "./around";
import { AccountDialog } from "./AccountDialog";
import { CustomerPanel } from "./CustomerPanel";
import { dialog, type DialogName } from "./dialogs";
import { EndDialog } from "./EndDialog";
import { Help } from "./Help";
import { onDeskKey } from "./keys";
import { ConversationPane } from "./ConversationPane";
import { Login } from "./Login";
import { Palette } from "./Palette";
import { Profile } from "./Profile";
import { Queue } from "./Queue";
import { SearchDialog } from "./SearchDialog";
import { Softphone } from "./Softphone";
import { TransferDialog } from "./TransferDialog";
import { TopBar, Troubles } from "./TopBar";

/** The whole desk: login, or lists, conversation and customer side by side. */
export function DeskPage() {
  const desk = useDesk();
  const words = useWords();
  const { value: news } = desk.news.count;
  const { value: agent } = desk.entry.agent;
  useEffect(() => {
    document.title = agent && news > 0 ? `(${news}) ${words.title}` : words.title;
  }, [news, words, agent]);
  const { value: selected } = desk.opened.selected;
  useEffect(() => {
    const look = () => desk.lookForNews();
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [selected]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onDeskKey(event, desk);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  if (agent === undefined) return null;
  if (agent === null) return <Login />;
  if (!agent.rights.includes("serve")) return <NoConversations />;
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

/** For whoever is here to do something else. */
function NoConversations() {
  const words = useWords();
  return (
    <div class="desk">
      <TopBar />
      <Troubles />
      <main class="elsewhere">
        <p>{words.noConversations}</p>
      </main>
      <Dialogs />
    </div>
  );
}

const DIALOGS: Record<DialogName, ComponentType<{ onClose: () => void }>> = {
  account: AccountDialog,
  close: (props) => <EndDialog how="close" {...props} />,
  help: Help,
  palette: Palette,
  profile: Profile,
  return: (props) => <EndDialog how="return" {...props} />,
  search: SearchDialog,
  transfer: TransferDialog,
};

function Dialogs() {
  const { value: name } = dialog;
  if (name === null) return null;
  const Open = DIALOGS[name];
  return <Open key={name} onClose={close} />;

  function close(): void {
    // What is closed may have opened another.
    if (dialog.value === name) dialog.value = null;
  }
}
