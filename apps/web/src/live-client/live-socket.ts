import type {
  BattleClientMessages,
  BattleServerMessages,
  BuzzClientMessages,
  BuzzServerMessages,
  GameNews,
  LiveClientMessages,
  LiveReply,
  LiveServerMessages,
  Problem,
  RoomFrame,
  StageClientMessages,
  StageRole,
  StageServerMessages,
} from '@xuekao/contracts';
import { io, type Socket } from 'socket.io-client';
import { accessToken, refreshAccess } from '../auth/access.js';

export type LiveSocket = Socket<LiveServerMessages & BuzzServerMessages, LiveClientMessages>;
/** The stage's side of the same namespace. */
export type StageSocket = Socket<
  StageServerMessages & BuzzServerMessages,
  StageClientMessages & BuzzClientMessages & Pick<LiveClientMessages, 'time:sync'>
>;
/** The side of games without a host. */
export type BattleSocket = Socket<
  Omit<LiveServerMessages, 'room:event'> &
    BattleServerMessages & { 'room:event': (frame: RoomFrame<GameNews>) => void },
  BattleClientMessages & Pick<LiveClientMessages, 'time:sync'>
>;
/** What asking needs of any. */
export interface AskingSocket {
  readonly connected: boolean;
  timeout(ms: number): unknown;
}
type Messages = LiveClientMessages & StageClientMessages & BuzzClientMessages & BattleClientMessages;

/** Who enters: a phone or a console by the account's token, a screen by the token of its link. */
export type RoomEntry =
  | { readonly role: 'player' | 'host'; readonly roomId: string }
  | { readonly role: 'screen'; readonly roomId: string; readonly token: string };

export type StageEntry =
  | { readonly role: Exclude<StageRole, 'screen'>; readonly roomId: string }
  | { readonly role: 'screen'; readonly roomId: string; readonly token: string };

type Body<Message extends keyof Messages> = Parameters<Messages[Message]>[0];
type ReplyOf<Message extends keyof Messages> = Parameters<Parameters<Messages[Message]>[1]>[0];
type ValueOf<Message extends keyof Messages> = ReplyOf<Message> extends LiveReply<infer Value> ? Value : never;

/** Nobody knows whether the message arrived. */
export class Unreached extends Error {}

/** The server's refusal of a message. */
export class SocketRefusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

async function authOf(entry: RoomEntry | StageEntry): Promise<Record<string, string>> {
  if (entry.role === 'screen') return { screen: entry.token };
  if (accessToken() === null) await refreshAccess();
  return { token: accessToken() ?? '' };
}

const hasHttp = ({ role }: RoomEntry | StageEntry): boolean => role === 'player' || role === 'audience';

/**
 * A socket that keeps trying, with a token asked for anew at each try. Where it is blocked, players and audience go on over
 * HTTP; a buzzer, consoles and screens over long polling.
 */
function dial(entry: RoomEntry | StageEntry): Socket {
  const socket: Socket = io('/live', {
    auth: (give) => void authOf(entry).then(give),
    transports: hasHttp(entry) ? ['websocket'] : ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    randomizationFactor: 0.5,
    timeout: 5_000,
    forceNew: true,
  });
  // The server measures the way to a buzzer by these; an answer at once is in the page's own interest.
  socket.on('rtt:probe', (nonce: number, acknowledge: (nonce: number) => void) => acknowledge(nonce));
  return socket;
}

export const openSocket = (entry: RoomEntry): LiveSocket => dial(entry);
export const openBattleSocket = (roomId: string): BattleSocket => dial({ role: 'player', roomId });
export const openStageSocket = (entry: StageEntry): StageSocket => dial(entry);

/** The value of the acknowledgement. Rejects with SocketRefusal, or with Unreached where none came in time. */
export async function ask<Message extends keyof Messages>(
  socket: AskingSocket,
  message: Message,
  body: Body<Message>,
  withinMs = 5_000,
): Promise<ValueOf<Message>> {
  if (!socket.connected) throw new Unreached(message);
  const timed = socket.timeout(withinMs) as unknown as { emitWithAck(name: string, body: unknown): Promise<unknown> };
  let reply: LiveReply<unknown>;
  try {
    reply = (await timed.emitWithAck(message, body)) as LiveReply<unknown>;
  } catch (cause) {
    throw new Unreached(message, { cause });
  }
  if (!reply.ok) throw new SocketRefusal(reply.problem);
  return reply.value as ValueOf<Message>;
}
