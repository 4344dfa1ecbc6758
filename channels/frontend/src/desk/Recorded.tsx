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
        <Player conversation={conversation.id} />
      ) : (
        <p>{words.recordingStates[recording.state] ?? recording.state}</p>
      )}
    </section>
  );
}

/** Plays what was recorded of a call; it is fetched when somebody wants to hear it. */
export function Player({ conversation }: { conversation: string }) {
  const { recording } = useWords();
  return <audio controls preload="none" aria-label={recording} src={recordingOf(conversation)} />;
}
