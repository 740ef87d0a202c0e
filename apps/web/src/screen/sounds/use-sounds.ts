import { onScopeDispose, ref, watch } from 'vue';
import { type Sound, tunes } from './tunes.js';

const key = 'xuekao.screen.sounds';
const loudness = 0.25;

/** Sounds of a big screen. A browser lets a page sound only after somebody has touched it, so they are off until asked for. */
export function useSounds() {
  const isOn = ref(false);
  let context: AudioContext | undefined;

  function play(sound: Sound | null): void {
    if (!sound || !isOn.value || !context) return;
    for (const [hertz, from, ms] of tunes[sound]) {
      const starts = context.currentTime + from / 1000;
      const ends = starts + ms / 1000;
      const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, starts);
      volume.gain.linearRampToValueAtTime(loudness, starts + 0.012);
      volume.gain.exponentialRampToValueAtTime(0.001, ends);
      tone.connect(volume).connect(context.destination);
      tone.start(starts);
      tone.stop(ends);
    }
  }

  async function turnOn(): Promise<void> {
    context ??= new AudioContext();
    await context.resume();
    isOn.value = context.state === 'running';
  }

  /** By the button: also heard, so that the hall's volume can be set before people come. */
  async function toggle(): Promise<void> {
    forget();
    if (isOn.value) isOn.value = false;
    else await turnOn();
    localStorage.setItem(key, isOn.value ? 'on' : 'off');
    play('open');
  }

  /** A screen that had them before has them again with the first touch or key. */
  const wake = ({ target }: Event): void => {
    if (target instanceof Element && target.closest('[data-sounds]')) return;
    forget();
    void turnOn();
  };
  const touches = ['pointerdown', 'keydown'] as const;
  function forget(): void {
    for (const touch of touches) removeEventListener(touch, wake);
  }
  if (localStorage.getItem(key) === 'on') for (const touch of touches) addEventListener(touch, wake);
  onScopeDispose(() => {
    forget();
    void context?.close();
  });

  /** Plays what `sound` makes of two moments that follow each other. */
  function follow<Moment>(moment: () => Moment | null, sound: (before: Moment, now: Moment) => Sound | null): void {
    watch(moment, (now, before) => {
      if (now && before) play(sound(before, now));
    });
  }

  return { isOn, toggle, follow };
}
