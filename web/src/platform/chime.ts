/** Two short soft tones. Silent where the browser wants a gesture first, or has no sound. */
export function chime(window: Window & typeof globalThis): void {
  if (!('AudioContext' in window)) return;
  const audio = new window.AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  const start = audio.currentTime;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.15, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
  const tone = audio.createOscillator();
  tone.frequency.setValueAtTime(660, start);
  tone.frequency.setValueAtTime(880, start + 0.12);
  tone.connect(volume);
  tone.addEventListener('ended', () => void audio.close());
  tone.start(start);
  tone.stop(start + 0.5);
}
