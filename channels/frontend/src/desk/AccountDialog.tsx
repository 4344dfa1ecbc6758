import { useDesk, useWords } from "./around";
import { Dialog } from "./Dialog";
import { Logins } from "./Logins";
import { Password } from "./Password";
import { SecondFactor } from "./SecondFactor";

/** The agent's role, password, and where they are logged in. */
export function AccountDialog({ onClose }: { onClose: () => void }) {
  const { entry } = useDesk();
  const words = useWords();
  const { value: agent } = entry.agent;
  return (
    <Dialog title={words.account} onClose={onClose}>
      {(close) => (
        <>
          <p class="faint">{agent ? words.role(words.roles[agent.role]) : null}</p>
          <Logins />
          <Password />
          <SecondFactor />
          <p class="buttons">
            <button type="button" class="button" onClick={close}>
              {words.shut}
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
