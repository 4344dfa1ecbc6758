import { useBoard, useWords } from "./around";

/** What customers said most often to which there was no answer. */
export function Sentences() {
  const board = useBoard();
  const words = useWords();
  const sentences = board.numbers.value?.sentences ?? [];
  return (
    <section class="sentences" aria-labelledby="sentences-name">
      <h2 id="sentences-name">{words.sentences}</h2>
      {sentences.length === 0 ? <p class="faint">{words.nothing}</p> : null}
      <ol>
        {sentences.map(({ text, times, language: spoken, conversation }) => (
          <li key={text}>
            <a href={`/desk#${conversation}`}>
              <q lang={spoken}>{text}</q>
              <span>{words.times(times)}</span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
