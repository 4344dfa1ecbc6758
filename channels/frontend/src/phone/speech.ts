import { signal } from "@preact/signals";
import type { Language } from "../shared/protocol";
import type { Voice } from "./call";

const TAGS: Record<Language, string> = { de: "de-DE", en: "en-GB" };

/** What we use of the browser's speech recognition, which its types do not know. */
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { resultIndex: number; results: SpeechResults }) => void) | null;
  onspeechstart: (() => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}
type SpeechResults = ArrayLike<{ isFinal: boolean; 0: { transcript: string } }>;

/** Reads aloud what the line says, while it is switched on. */
export class BrowserVoice implements Voice {
  readonly isOn = signal(false);
  readonly isPossible = "speechSynthesis" in window;

  speak(text: string, language: string): void {
    if (!this.isOn.value || !this.isPossible) return;
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = language.length === 2 ? TAGS[language as Language] : language;
    speechSynthesis.speak(speech);
  }

  stop(): void {
    if (this.isPossible) speechSynthesis.cancel();
  }

  toggle(): void {
    this.isOn.value = !this.isOn.value;
    if (!this.isOn.value) this.stop();
  }
}

/** Hears the caller through the microphone, where the browser can. */
export class Microphone {
  readonly isOn = signal(false);
  readonly isPossible: boolean;
  private readonly recognition: Recognition | null;

  constructor(heard: (words: string) => void, begins: () => void) {
    this.recognition = newRecognition();
    this.isPossible = this.recognition !== null;
    if (!this.recognition) return;
    this.recognition.continuous = true;
    this.recognition.interimResults = false;
    this.recognition.onspeechstart = begins;
    this.recognition.onend = () => (this.isOn.value = false);
    this.recognition.onresult = ({ resultIndex, results }) => {
      const words = results[resultIndex]?.[0].transcript.trim();
      if (words) heard(words);
    };
  }

  toggle(language: Language): void {
    if (!this.recognition) return;
    this.isOn.value = !this.isOn.value;
    this.recognition.lang = TAGS[language];
    if (this.isOn.value) this.recognition.start();
    else this.recognition.stop();
  }

  off(): void {
    if (this.isOn.value) this.recognition?.stop();
  }
}

function newRecognition(): Recognition | null {
  const known = window as unknown as Record<string, (new () => Recognition) | undefined>;
  const Kind = known.SpeechRecognition ?? known.webkitSpeechRecognition;
  return Kind ? new Kind() : null;
}
