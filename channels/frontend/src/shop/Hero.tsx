import { useWords } from "./words";
import { widget } from "./widget";

/** What this shop is, at first sight. */
export function Hero() {
  const words = useWords();
  return (
    <section class="hero">
      <div>
        <p class="eyebrow">{words.demo}</p>
        <h1>
          {words.heading.split("\n").map((line) => (
            <span>{line}</span>
          ))}
        </h1>
        <p class="intro">{words.intro}</p>
        <p class="calls">
          <button type="button" class="button strong" onClick={() => widget()?.open()}>
            {words.openChat}
          </button>
          <a class="button" href="/demo/phone">
            {words.callUs}
          </a>
        </p>
      </div>
      <Stage />
    </section>
  );
}

/** An opera house and a coast, drawn. */
function Stage() {
  return (
    <svg class="stage" viewBox="0 0 440 340" aria-hidden="true">
      <rect width="440" height="340" rx="28" fill="#3a0f20" />
      <circle cx="220" cy="150" r="112" fill="#f0b35a" />
      <path d="M20 250c60-44 130-52 190-28s130 20 210-24v104H20z" fill="#b4536d" />
      <path d="M20 276c80-34 140-22 200-8s130 16 200-14v50H20z" fill="#7c2444" />
      <g fill="none" stroke="#3a0f20" stroke-width="2" opacity="0.55">
        <path d="M70 120c90-24 200 30 300 4M70 134c90-24 200 30 300 4M70 148c90-24 200 30 300 4" />
        <path d="M70 162c90-24 200 30 300 4M70 176c90-24 200 30 300 4" />
      </g>
      <g fill="#3a0f20">
        <ellipse cx="150" cy="142" rx="11" ry="8" transform="rotate(-18 150 142)" />
        <path d="M158 140v-52h3v52z" />
        <ellipse cx="222" cy="158" rx="11" ry="8" transform="rotate(-18 222 158)" />
        <path d="M230 156v-56l34 6v54h-3v-44l-28-5v45z" />
        <ellipse cx="253" cy="162" rx="11" ry="8" transform="rotate(-18 253 162)" />
      </g>
      <path d="M20 0h86c8 70 0 150-34 220-14 28-34 46-52 54z" fill="#8a1c3f" />
      <path d="M420 0h-86c-8 70 0 150 34 220 14 28 34 46 52 54z" fill="#8a1c3f" />
      <path d="M48 0h18c6 90-6 176-36 246zM392 0h-18c-6 90 6 176 36 246z" fill="#a83a5c" />
      <path d="M20 0h400v26c-32 34-74 34-100 4-24 30-76 30-100 0-24 30-76 30-100 0-26 30-68 30-100-4z" fill="#6d1431" />
      <path d="M20 300h400v12H20z" fill="#f0b35a" />
    </svg>
  );
}
