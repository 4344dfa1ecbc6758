/** How long to wait before the next try: up to twice as long each time, at random. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly first = 500,
    private readonly most = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Return milliseconds between 0 and a ceiling that doubles; the spread keeps crowds apart. */
  next(): number {
    const ceiling = Math.min(this.most, this.first * 2 ** this.tries);
    this.tries += 1;
    return this.random() * ceiling;
  }

  /** Begin small again, because the last try was answered. */
  reset(): void {
    this.tries = 0;
  }
}
