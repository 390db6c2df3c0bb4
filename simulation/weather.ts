/** How the world behaves: the likelihoods and durations from which a seed chooses. Times are virtual milliseconds. */
export interface Weather {
  readonly bus: {
    readonly loss: number;
    readonly repeat: number;
    /** Each copy of a message takes up to this long, so that later ones overtake it. */
    readonly delayMaxMs: number;
  };
  readonly database: {
    /** Fails before it ran. */
    readonly failure: number;
    /** Ran, and the answer is lost. */
    readonly answerLost: number;
    readonly slow: number;
    readonly slowMaxMs: number;
  };
  readonly network: {
    readonly delayMaxMs: number;
    /** A new connection gets nowhere. */
    readonly refused: number;
  };
}

export const storm: Weather = {
  bus: { loss: 0.3, repeat: 0.2, delayMaxMs: 400 },
  database: { failure: 0.03, answerLost: 0.04, slow: 0.05, slowMaxMs: 4_000 },
  network: { delayMaxMs: 150, refused: 0.1 },
};

export const calm: Weather = {
  bus: { loss: 0, repeat: 0, delayMaxMs: 5 },
  database: { failure: 0, answerLost: 0, slow: 0, slowMaxMs: 0 },
  network: { delayMaxMs: 10, refused: 0 },
};
