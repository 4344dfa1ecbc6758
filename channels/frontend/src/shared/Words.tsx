import { pieces } from "./links";

/** Words as plain text nodes, with the addresses among them as links shown in full. */
export function Words({ text, newTab }: { text: string; newTab: string }) {
  return (
    <>
      {pieces(text).map(({ text, href }) =>
        href === undefined ? (
          text
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={newTab}>
            {text}
          </a>
        ),
      )}
    </>
  );
}
