/** Pitch in Hz, when it begins and how long it sounds, in ms. */
export type Note = readonly [hertz: number, from: number, ms: number];

/** What a hall hears. Each says nothing that the screen does not show. */
export const tunes = {
  /** Answers count from now on; the buzzer is open. */
  open: [
    [660, 0, 110],
    [880, 120, 220],
  ],
  /** One of the last five seconds. */
  second: [[880, 0, 70]],
  over: [
    [440, 0, 160],
    [330, 170, 420],
  ],
  buzz: [
    [1_047, 0, 90],
    [1_319, 90, 90],
    [1_568, 180, 260],
  ],
  right: [
    [784, 0, 130],
    [988, 130, 130],
    [1_175, 260, 320],
  ],
  wrong: [
    [294, 0, 200],
    [247, 220, 380],
  ],
  foul: [
    [220, 0, 130],
    [220, 200, 130],
    [220, 400, 260],
  ],
  /** The answer is shown; the judges have changed something. */
  notice: [[587, 0, 260]],
  places: [
    [523, 0, 180],
    [659, 180, 180],
    [784, 360, 180],
    [1_047, 540, 620],
  ],
} as const satisfies Record<string, readonly Note[]>;

export type Sound = keyof typeof tunes;
