import { useEffect, useState } from "preact/hooks";
import { language } from "../shared/page";
import { useDesk, useWords } from "./around";
import type { Colleague, Wish } from "./protocol";

type Choice = [value: string, name: string];

/** Narrows the search. */
export function SearchFilters() {
  const { deeds } = useDesk();
  const words = useWords();
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  useEffect(() => void deeds.colleagues().then(setColleagues), []);
  return (
    <p class="filters">
      <Filter part="channel" name={words.channel} choices={pairs(words.channels)} />
      <Filter part="language" name={words.language} choices={pairs(words.languages)} />
      <Filter part="author" name={words.author} choices={pairs(words.authors)} />
      <Filter part="agent" name={words.byAgent} choices={colleagues.map(({ id, name }) => [id, name])} />
      <Filter part="code" name={words.aboutCode} choices={codes()} />
      <Since part="since" name={words.searchedFrom} />
      <Since part="until" name={words.searchedUntil} />
    </p>
  );

  function codes(): Choice[] {
    return deeds.wrapUp.value.codes.flatMap((code): Choice[] => [
      [code.key, code[language.value]],
      ...(code.finer ?? []).map(
        (finer): Choice => [`${code.key}/${finer.key}`, `– ${finer[language.value]}`],
      ),
    ]);
  }
}

type FilterProps = { part: keyof Wish; name: string; choices: readonly Choice[] };

function Filter({ part, name, choices }: FilterProps) {
  const { search } = useDesk();
  return (
    <select
      aria-label={name}
      value={search.wish.value[part] ?? ""}
      onChange={(event) => search.change({ [part]: event.currentTarget.value || undefined })}
    >
      <option value="">{name}</option>
      {choices.map(([value, said]) => (
        <option key={value} value={value}>
          {said}
        </option>
      ))}
    </select>
  );
}

/** A day of the agent's, from whose beginning on or until whose end. */
function Since({ part, name }: { part: "since" | "until"; name: string }) {
  const { search } = useDesk();
  return (
    <label>
      {name}{" "}
      <input type="date" onChange={(event) => search.change({ [part]: moment(event.currentTarget.value) })} />
    </label>
  );

  function moment(day: string): string | undefined {
    if (!day) return undefined;
    const at = new Date(`${day}T00:00:00`);
    if (part === "until") at.setDate(at.getDate() + 1);
    return at.toISOString();
  }
}

function pairs(names: Record<string, string>): Choice[] {
  return Object.entries(names);
}
