import { useWords } from "./around";
import { recordingOf } from "./api";
import type { Story } from "./protocol";

/** What became of the wish to record the call; what was recorded can be played. */
export function Recorded({ story: { conversation, recording } }: { story: Story }) {
  const words = useWords();
  if (!recording) return null;
  return (
    <section>
      <h3>{words.recording}</h3>
      {recording.state === "kept" ? (
        <audio controls preload="none" aria-label={words.recording} src={recordingOf(conversation.id)} />
      ) : (
        <p>{words.recordingStates[recording.state] ?? recording.state}</p>
      )}
    </section>
  );
}
