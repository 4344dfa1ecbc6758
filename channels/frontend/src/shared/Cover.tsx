import type { ComponentChildren } from "preact";

/** Inks of the drawn covers: a ground, a figure and a light on it. */
const INKS = [
  ["#5c1a33", "#8f3350", "#e9b872"],
  ["#12394a", "#22617a", "#f0c987"],
  ["#2f3b2a", "#566b45", "#e6cf8b"],
  ["#3b2a52", "#67498c", "#f2b8a0"],
  ["#6b3417", "#a55a2a", "#f4d9a6"],
  ["#1f2f57", "#3c5599", "#f3c6c6"],
  ["#4a2330", "#7d4455", "#cfe0c3"],
  ["#173f3a", "#2f6f63", "#f5d08a"],
] as const;

type Inks = (typeof INKS)[number];
const FIGURES = [rings, staves, arches, hills, rays] as const;
const FIGURE_OF_KIND: Record<string, (typeof FIGURES)[number]> = {
  recording: rings,
  score: staves,
  book: arches,
  travel_guide: hills,
  film: rays,
};

/** A cover for a product without a picture; the same product always gets the same one. */
export function Cover({ sku, title, kind }: { sku: string; title: string; kind?: string }) {
  const chance = hash(sku);
  const inks = INKS[(chance >>> 13) % INKS.length]!;
  const figure = FIGURE_OF_KIND[kind ?? ""] ?? FIGURES[(chance >>> 4) % FIGURES.length]!;
  return (
    <svg class="cover" viewBox="0 0 120 90" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="120" height="90" fill={inks[0]} />
      {figure(inks, chance >>> 6)}
      <text x="10" y="77" fill={inks[2]} font-size="26" font-family="Georgia, serif" font-weight="600">
        {initials(title)}
      </text>
    </svg>
  );
}

function rings([, figure, light]: Inks, chance: number): ComponentChildren {
  const x = 62 + (chance % 30);
  const radii = [46, 39, 32, 25, 18];
  return (
    <g fill="none" stroke={figure} stroke-width="2.5">
      {radii.map((r) => (
        <circle cx={x} cy={38} r={r} />
      ))}
      <circle cx={x} cy={38} r="7" fill={light} stroke="none" />
    </g>
  );
}

function staves([, figure, light]: Inks, chance: number): ComponentChildren {
  const heights = [0, 1, 2, 3, 4, 5].map((note) => (hash(`${chance}${note}`) % 9) * 4);
  return (
    <g>
      {[14, 22, 30, 38, 46].map((y) => (
        <path d={`M0 ${y}H120`} stroke={figure} stroke-width="1.5" />
      ))}
      {heights.map((height, note) => (
        <g fill={light} stroke={light}>
          <ellipse cx={18 + note * 17} cy={14 + height} rx="4.6" ry="3.4" stroke="none" />
          <path d={`M${22 + note * 17} ${14 + height}v-17`} stroke-width="1.4" />
        </g>
      ))}
    </g>
  );
}

function arches([, figure, light]: Inks, chance: number): ComponentChildren {
  const lit = chance % 4;
  return (
    <g>
      {[0, 1, 2, 3].map((at) => (
        <path
          d={`M${8 + at * 28} 58V30a11 11 0 0 1 22 0v28z`}
          fill={at === lit ? light : figure}
        />
      ))}
    </g>
  );
}

function hills([, figure, light]: Inks, chance: number): ComponentChildren {
  const peak = 30 + (chance % 50);
  return (
    <g>
      <circle cx={120 - peak * 0.6} cy="24" r="12" fill={light} />
      <path d={`M0 66L${peak} 22L${peak + 30} 52L${peak + 48} 36L140 78V90H0z`} fill={figure} />
    </g>
  );
}

function rays([, figure, light]: Inks, chance: number): ComponentChildren {
  const x = 30 + (chance % 60);
  return (
    <g>
      {[-60, -36, -12, 12, 36, 60].map((at) => (
        <path d={`M${x} -6L${x + at * 1.6} 70h13z`} fill={figure} opacity="0.8" />
      ))}
      <circle cx={x} cy="4" r="9" fill={light} />
    </g>
  );
}

function initials(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  return words.slice(0, 2).map((word) => word[0]!.toUpperCase()).join("");
}

function hash(text: string): number {
  let value = 2166136261;
  for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0)!, 16777619);
  // Names that differ in their last sign only would otherwise share their low bits.
  return Math.imul(value ^ (value >>> 15), 2246822519) >>> 0;
}
