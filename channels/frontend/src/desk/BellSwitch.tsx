import { useDesk, useWords } from "./around";
import { askForNotices } from "./notices";

/** Turns the sounds on and off; whoever turns them on may also be shown news beside the browser. */
export function BellSwitch() {
  const { news } = useDesk();
  const words = useWords();
  const { value: isLoud } = news.isLoud;
  return (
    <button
      type="button"
      class="button quiet bell"
      aria-pressed={isLoud}
      aria-label={words.sounds}
      title={isLoud ? words.soundsOn : words.soundsOff}
      onClick={change}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path d="M10 2.5a5 5 0 0 0-5 5v3L3.5 13.5h13L15 10.5v-3a5 5 0 0 0-5-5ZM8 15.5a2 2 0 0 0 4 0" />
        {isLoud ? null : <path d="M3 3l14 14" />}
      </svg>
    </button>
  );

  function change(): void {
    news.choose(!isLoud);
    if (!isLoud) void askForNotices();
  }
}
