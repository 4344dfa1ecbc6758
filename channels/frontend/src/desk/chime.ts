const NOTES = [659.3, 880];
const NOTE_SECONDS = 0.14;
const LOUDNESS = 0.12;

let player: AudioContext | null = null;

/** Sound two short notes; a browser that does not want to stays silent. */
export function chime(): void {
  try {
    player ??= new AudioContext();
    void player.resume();
    for (const [nth, pitch] of NOTES.entries()) sound(player, pitch, nth * NOTE_SECONDS);
  } catch {
    player = null;
  }
}

function sound(on: AudioContext, pitch: number, after: number): void {
  const [begin, end] = [on.currentTime + after, on.currentTime + after + 2 * NOTE_SECONDS];
  const tone = new OscillatorNode(on, { frequency: pitch, type: "sine" });
  const volume = new GainNode(on, { gain: LOUDNESS });
  // Fading out, for an end at once would click.
  volume.gain.exponentialRampToValueAtTime(0.0001, end);
  tone.connect(volume).connect(on.destination);
  tone.start(begin);
  tone.stop(end);
}
