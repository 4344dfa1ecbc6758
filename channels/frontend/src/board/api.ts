import { ask } from "../shared/ask";
import type { Language } from "../shared/protocol";
import type { Counted, Detail, Look, Moment, Numbers } from "./protocol";

export interface Viewer {
  name: string;
  rights: readonly string[];
}

/** The board's routes, each as a call. */
export class BoardApi {
  constructor(private readonly language: () => Language) {}

  async me(): Promise<Viewer> {
    return (await this.get<{ agent: Viewer }>("/desk/api/me")).agent;
  }

  numbers(look: Look): Promise<Numbers> {
    return this.get(`/desk/api/board?${query(look)}`);
  }

  /** Answered once something differs from what was seen, or after a while. */
  now(look: Look, seen: string, signal: AbortSignal): Promise<Moment> {
    return this.get(`/desk/api/board/now?${query(look)}&seen=${seen}`, signal);
  }

  detail(key: string, look: Look): Promise<Detail> {
    return this.get(`/desk/api/board/${key}?${query(look)}`);
  }

  counted(key: string, look: Look): Promise<readonly Counted[]> {
    return this.get(`/desk/api/board/${key}/conversations?${query(look)}`);
  }

  private get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const headers = { "Accept-Language": this.language() };
    return ask<T>(path, signal ? { headers, signal } : { headers });
  }
}

/** Where the days of all numbers are found as a table. */
export const daysTable = (look: Look) => `/desk/api/board/days.csv?${query(look)}`;

/** Where the conversations of a number are found as a table. */
export const countedTable = (key: string, look: Look) =>
  `/desk/api/board/${key}/conversations.csv?${query(look)}`;

function query({ days, channel, language }: Look): string {
  const asked = new URLSearchParams({ days: String(days) });
  if (channel) asked.set("channel", channel);
  if (language) asked.set("language", language);
  return asked.toString();
}
