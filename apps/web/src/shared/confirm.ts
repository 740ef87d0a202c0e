import { shallowRef } from 'vue';

/** What a destructive or far-reaching act will do. `detail` names the object and the count: 将为第二支部 22 名党员发布本次考试. */
export interface Act {
  readonly title: string;
  readonly detail: string;
  readonly confirm: string;
  readonly cancel?: string;
  /** Text that must be typed first, for what cannot be undone. */
  readonly typeToConfirm?: string;
  readonly isDestructive?: true;
}

export interface AskedAct extends Act {
  settle(agreed: boolean): void;
}

export const askedAct = shallowRef<AskedAct | null>(null);

/** Resolves true when the person agrees. One question at a time: a second one refuses the first. */
export function confirmAct(act: Act): Promise<boolean> {
  askedAct.value?.settle(false);
  return new Promise((resolve) => {
    askedAct.value = {
      ...act,
      settle: (agreed) => {
        askedAct.value = null;
        resolve(agreed);
      },
    };
  });
}
