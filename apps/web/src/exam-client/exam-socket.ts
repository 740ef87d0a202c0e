import type { ExamClientMessages, ExamServerMessages, Problem } from '@xuekao/contracts';
import type { Socket } from 'socket.io-client';
import { ProblemError } from '../api/problem.js';
import { noteServerReached } from '../app/connection.js';
import { observeServerTime } from '../app/server-clock.js';
import { accessToken, refreshAccess } from '../auth/access.js';

type Listeners = { [Name in keyof ExamServerMessages]: (body: ExamServerMessages[Name]) => void };
type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };

export interface ExamLink {
  /** True while the server tells changes by itself. */
  isUp(): boolean;
  close(): void;
}

export interface ExamLinkWork<Name extends keyof ExamServerMessages> {
  readonly watch: keyof ExamClientMessages;
  readonly body: unknown;
  readonly news: Name;
  /** The whole state: the answer to the watch after every connection, then what the server pushes. */
  told(news: ExamServerMessages[Name], isWhole: boolean): void;
  /** The server refused the watch. */
  refused(error: ProblemError): void;
  link?(isUp: boolean): void;
}

/** A link that comes back within this is not worth a word to anybody. */
const shortLossMs = 1_000;
const replyWithinMs = 5_000;

async function tokenFor(give: (auth: { token: string }) => void): Promise<void> {
  if (accessToken() === null) await refreshAccess();
  give({ token: accessToken() ?? '' });
}

/** Watches one thing on namespace `/exam` and keeps trying for as long as the page is open. */
export function openExamLink<Name extends keyof ExamServerMessages>(work: ExamLinkWork<Name>): ExamLink {
  let socket: Socket<Listeners> | undefined;
  let isClosed = false;
  let isUp = false;
  let lossTimer: ReturnType<typeof setTimeout> | undefined;

  function setUp(up: boolean): void {
    clearTimeout(lossTimer);
    if (isUp === up) return;
    isUp = up;
    work.link?.(up);
  }

  async function watch(connected: Socket<Listeners>): Promise<void> {
    const sentAt = performance.now();
    const timed = connected.timeout(replyWithinMs) as unknown as {
      emitWithAck(name: string, body: unknown): Promise<Reply>;
    };
    let reply: Reply;
    try {
      reply = await timed.emitWithAck(work.watch, work.body);
    } catch {
      // No answer in time: a fresh connection asks again.
      connected.disconnect().connect();
      return;
    }
    if (isClosed) return;
    if (!reply.ok) return work.refused(new ProblemError(reply.problem));
    const state = reply.value as ExamServerMessages[Name];
    observeServerTime(state.serverNow, sentAt, performance.now());
    noteServerReached(true);
    setUp(true);
    work.told(state, true);
  }

  async function open(): Promise<void> {
    const { io } = await import('socket.io-client');
    if (isClosed) return;
    const opened: Socket<Listeners> = io('/exam', {
      auth: (give) => void tokenFor(give),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3_000,
      randomizationFactor: 0.5,
      timeout: 5_000,
      forceNew: true,
    });
    socket = opened;
    opened.on('connect', () => void watch(opened));
    opened.on('disconnect', (reason) => {
      isUp = false;
      work.link?.(false);
      if (isClosed) return;
      clearTimeout(lossTimer);
      lossTimer = setTimeout(() => noteServerReached(false), shortLossMs);
      // The server ends a socket whose sign-in has run out; the library does not come back from that by itself.
      if (reason === 'io server disconnect') setTimeout(() => !isClosed && opened.connect(), 500);
    });
    opened.on('connect_error', () => {
      // A refused handshake (an old token) is not tried again by the library.
      if (!opened.active && !isClosed) setTimeout(() => void refreshAccess().then(() => opened.connect()), 2_000);
    });
    const onNews = ((news: ExamServerMessages[Name]) => work.told(news, false)) as Listeners[Name];
    (opened as unknown as { on(name: string, listener: unknown): void }).on(work.news, onNews);
  }

  /** The library itself may not load on a bad network. */
  function tryToOpen(): void {
    open().catch(() => !isClosed && setTimeout(tryToOpen, 3_000));
  }
  tryToOpen();

  return {
    isUp: () => isUp,
    close() {
      isClosed = true;
      clearTimeout(lossTimer);
      socket?.disconnect();
    },
  };
}
