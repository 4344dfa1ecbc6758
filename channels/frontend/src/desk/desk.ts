import { computed, signal } from "@preact/signals";
import { Connection, type Socket } from "../shared/connection";
import type { Shelf } from "../shared/unacknowledged";
import { Account } from "./account";
import type { DeskApi } from "./api";
import { Attempts } from "./attempts";
import { Calling } from "./calling";
import { Canned } from "./canned";
import { Deeds } from "./deeds";
import { Drafts } from "./drafts";
import { OnDuty } from "./duty";
import { Entry } from "./entry";
import { type Herald, News } from "./news";
import { Opened } from "./opened";
import { Search } from "./search";
import { Together } from "./together";
import type { DeskIn, DeskOut, Line, Lists } from "./protocol";

const LOGIN_NEEDED = 4401;
const ROLE_FORBIDS = 4403;

/** An agent's desk: who waits, the open conversation, and what the agent does. */
export class Desk {
  readonly attempts: Attempts;
  readonly entry: Entry;
  readonly account: Account;
  readonly drafts: Drafts;
  readonly opened: Opened;
  readonly deeds: Deeds;
  readonly calling: Calling;
  readonly together: Together;
  readonly canned: Canned;
  readonly search: Search;
  readonly onDuty: OnDuty;
  readonly news: News;
  readonly lists = signal<Lists>({ waiting: [], mine: [] });
  readonly lines = computed<readonly Line[]>(() => [
    ...this.lists.value.mine,
    ...this.lists.value.waiting,
  ]);
  /** Whether the open conversation is this agent's. */
  readonly isMine = computed(() => {
    const { value: story } = this.opened.story;
    if (story?.conversation.handler !== "agent") return false;
    return story.conversation.agent_id === this.entry.agent.value?.id;
  });
  /** Whether the agent may speak to its customer. */
  readonly maySpeak = computed(() => this.isMine.value || this.together.hasJoined.value);
  private readonly connection: Connection<DeskIn, DeskOut>;

  constructor(
    readonly api: DeskApi,
    shelf: Shelf,
    open: () => Socket,
    herald: Herald,
  ) {
    const tell = (frame: DeskOut) => this.connection.send(frame);
    this.drafts = new Drafts({ shelf, agent: () => this.entry.agent.value?.id, tell });
    this.attempts = new Attempts({
      loginNeeded: () => this.leave(),
      late: () => void this.opened.reload(),
    });
    this.entry = new Entry(api, this.attempts);
    this.account = new Account(api);
    this.opened = new Opened(api, this.attempts, tell);
    this.deeds = new Deeds(api, this.opened, this.drafts, tell);
    this.search = new Search(api, this.attempts);
    this.onDuty = new OnDuty(api, this.attempts, this.opened);
    this.news = new News(shelf, herald, () => this.onDuty.wantsPeace);
    this.canned = new Canned(api, this.opened, this.entry);
    this.together = new Together(api, this.opened, this.entry);
    this.calling = new Calling(api, this.opened, this.entry);
    this.connection = new Connection<DeskIn, DeskOut>({
      open,
      greeting: () => this.opened.watching(),
      heard: (frame) => this.hear(frame),
      turnedAway: (code) => this.turnedAway(code),
    });
  }

  get link() {
    return this.connection.state;
  }

  /** Come in, if the browser still has a login. */
  async enter(): Promise<void> {
    if (!(await this.entry.enter()) || !this.entry.may("serve")) return;
    this.connection.start();
    await this.deeds.learnCodes();
  }

  async logIn(login: string, password: string, code = ""): Promise<void> {
    if (await this.entry.logIn(login, password, code)) await this.enter();
  }

  async logOut(): Promise<void> {
    await this.entry.logOut();
    this.leave();
  }

  restart(): void {
    this.connection.restart();
  }

  /** What is open now, or where the agent looks, may no longer be news. */
  lookForNews(): void {
    const offered = this.onDuty.rings.value?.conversation;
    this.news.ring(this.lines.value.find(({ id }) => id === offered) ?? null);
    this.news.compare(this.lists.value, this.opened.selected.value);
  }

  /** Go to the next or the one before in the lists. */
  async step(by: 1 | -1): Promise<void> {
    const { value: lines } = this.lines;
    const { value: selected } = this.opened.selected;
    const at = lines.findIndex(({ id }) => id === selected);
    const next = lines[at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + by))];
    if (next && next.id !== selected) await this.opened.open(next.id);
  }

  /** Take over a call that is owed, make it now, or let it be. */
  callback(id: string, step: "take" | "call" | "cancel"): Promise<boolean> {
    return this.attempts.doing(() => this.api.callback(id, step));
  }

  private hear(frame: DeskIn): void {
    if (frame.type === "lists") this.lists.value = frame;
    else if (frame.type === "duty") this.onDuty.hear(frame);
    else return this.follow(frame);
    this.lookForNews();
  }

  private follow(frame: Exclude<DeskIn, { type: "lists" | "duty" }>): void {
    if (frame.type === "changed") this.together.hear(frame);
    if (frame.type === "drafts") return this.drafts.learn(frame);
    this.opened.hear(frame);
  }

  private turnedAway(code: number): boolean {
    if (code === LOGIN_NEEDED) this.leave();
    return code === LOGIN_NEEDED || code === ROLE_FORBIDS;
  }

  private leave(): void {
    this.connection.stop();
    this.entry.leave();
    this.opened.leave();
  }
}
