const only = process.env.TEST_DATABASES?.split(',');

/** Whether what runs on the embedded database whatever else is there has its turn: a run for another one repeats nothing. */
export const isEmbeddedTried = !only || only.includes('sqlite');

/** `describe` for such specs. */
export const describeEmbedded = isEmbeddedTried ? describe : describe.skip;
