import { useWords } from "./around";
import { Dialog } from "./Dialog";

/** Which key does what. */
export function Help({ onClose }: { onClose: () => void }) {
  const words = useWords();
  return (
    <Dialog title={words.helpTitle} onClose={onClose}>
      {(close) => (
        <>
          <dl class="keys">
            {Object.entries(words.keys).map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p class="buttons">
            <button type="button" class="button strong" onClick={close}>
              {words.dismiss}
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
