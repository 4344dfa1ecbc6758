import { useDesk, useWords } from "./around";

/** Colleagues who look at the open conversation too, or write in it. */
export function Others() {
  const words = useWords();
  const { value: others } = useDesk().opened.beside.others;
  return (
    <p class="telephones" role="status">
      {others.map(({ id, name, isWriting }) => (
        <span key={id} class={isWriting ? "mark joined" : "mark"}>
          {isWriting ? words.colleagueWrites(name) : words.colleagueLooks(name)}
        </span>
      ))}
    </p>
  );
}
