import type { Language } from "../shared/protocol";
import type { Unit } from "./protocol";

const LOCALES = { de: "de-DE", en: "en-GB" } as const;

/** A number as people read it: 83 %, 1:40, 4.2, 12; a dash where nothing can be said. */
export function figure(value: number | null, unit: Unit, language: Language): string {
  if (value === null) return "–";
  if (unit === "seconds") return stopwatch(value);
  const style =
    unit === "share"
      ? ({ style: "percent", maximumFractionDigits: 0 } as const)
      : ({ maximumFractionDigits: unit === "stars" ? 1 : 0 } as const);
  return new Intl.NumberFormat(LOCALES[language], style).format(value);
}

/** A time as a stopwatch shows it: 0:07, 12:30, 1:02:09. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** The days of the week, short, Monday first. */
export function weekdays(language: Language): readonly string[] {
  const named = new Intl.DateTimeFormat(LOCALES[language], { weekday: "short", timeZone: "UTC" });
  // The fifth of January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => named.format(new Date(Date.UTC(1970, 0, 5 + day))));
}

/** A day of the calendar, short. */
export function shortDay(day: string, language: Language): string {
  const written = new Intl.DateTimeFormat(LOCALES[language], {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return written.format(new Date(`${day}T00:00:00Z`));
}
