import { ref, shallowRef } from 'vue';

/** What an official is asked before an act that wants a reason. */
export interface ReasonQuestion {
  readonly title: string;
  /** What the act does; with choices, of the one chosen. */
  readonly detail: string | ((choice: number) => string);
  readonly confirm: string;
  /** Usual reasons, to tap. */
  readonly usual: readonly string[];
  /** The first usual reason stands there at once: Enter agrees. */
  readonly isUsual?: boolean;
  /** What else is to be said, such as that a second person must agree. */
  readonly note?: string | undefined;
  readonly choose?: {
    readonly label: string;
    readonly of: readonly { readonly value: number; readonly name: string }[];
  };
}
export interface GivenReason {
  readonly reason: string;
  /** Of `choose`. */
  readonly choice: number;
}
export interface AskedReason extends ReasonQuestion {
  /** A new dialog for each. */
  readonly number: number;
  settle(given: GivenReason | null): void;
}

/** One question at a time: a second one refuses the first. */
export function useReasons() {
  const asked = shallowRef<AskedReason | null>(null);
  const count = ref(0);

  function ask(question: ReasonQuestion): Promise<GivenReason | null> {
    asked.value?.settle(null);
    count.value += 1;
    return new Promise((resolve) => {
      asked.value = {
        ...question,
        number: count.value,
        settle: (given) => {
          asked.value = null;
          resolve(given);
        },
      };
    });
  }
  return { asked, ask };
}
