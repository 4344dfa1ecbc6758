import type { Language } from "./protocol";

const LOCALES = { de: "de-DE", en: "en-GB" } as const;

/** A price as the language writes it: 19,90 € or €19.90. */
export function price(amount: string | number, currency: string, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { style: "currency", currency }).format(
    Number(amount),
  );
}

/** The time of day of a moment. */
export function timeOfDay(at: string, language: Language): string {
  return written(at, language, { hour: "2-digit", minute: "2-digit" });
}

/** The day of a moment, short. */
export function day(at: string, language: Language): string {
  return written(at, language, { day: "numeric", month: "short", year: "numeric" });
}

/** Day and time of a moment, for a tooltip. */
export function moment(at: string, language: Language): string {
  return written(at, language, { dateStyle: "medium", timeStyle: "short" });
}

/** How long ago, as a stopwatch shows it: 0:07, 12:30, 1:02:09. */
export function elapsed(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

function written(at: string, language: Language, how: Intl.DateTimeFormatOptions): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.valueOf())) return "";
  return new Intl.DateTimeFormat(LOCALES[language], how).format(moment);
}
