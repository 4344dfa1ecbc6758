const MORNING = 10;

/** A moment as an input of date and time holds it, on the agent's own clock. */
export function localMoment(at: string | Date): string {
  const moment = new Date(at);
  const here = new Date(moment.valueOf() - moment.getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, "2026-01-01T00:00".length);
}

/** Tomorrow morning, when most promises are due. */
export function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  day.setHours(MORNING, 0, 0, 0);
  return localMoment(day);
}

/** The tags in a line of them. */
export function tagsIn(line: string): string[] {
  return line.split(/[,;]/).map((tag) => tag.trim()).filter(Boolean);
}
