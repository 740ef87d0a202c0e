import { newId } from '@xuekao/kernel';

const key = 'xuekao.writer';
const answerWithinMs = 120;
let claimed: Promise<string> | undefined;

interface Word {
  readonly from: string;
  readonly kind: 'claim' | 'held';
  readonly token: string;
}

/** Holds the token for as long as the page lives: another tab that claims it is told so. */
function claim(token: string): Promise<boolean> {
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve(true);
  const channel = new BroadcastChannel(key);
  const self = newId();
  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (isMine: boolean): void => {
      if (isSettled) return;
      isSettled = true;
      if (!isMine) channel.close();
      resolve(isMine);
    };
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.token !== token || data.from === self) return;
      // Two that claim at once: the smaller name gives way.
      if (data.kind === 'claim' && (isSettled || self > data.from))
        channel.postMessage({ from: self, kind: 'held', token });
      if (data.kind === 'held') settle(false);
    };
    channel.postMessage({ from: self, kind: 'claim', token });
    setTimeout(() => settle(true), answerWithinMs);
  });
}

async function claimToken(): Promise<string> {
  const known = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  const token = known !== null && (await claim(known)) ? known : newId();
  if (token !== known) void claim(token);
  sessionStorage.setItem(key, token);
  return token;
}

/**
 * This tab's token for writing. It outlives the tab, so that a closed browser goes on as the same device; while another tab
 * of this browser holds it, this one has a token of its own and must take over.
 */
export function writerToken(): Promise<string> {
  claimed ??= claimToken();
  return claimed;
}

/** Call when this tab has begun an attempt or taken it over: the browser comes back as this device. */
export function keepWriter(token: string): void {
  localStorage.setItem(key, token);
}
