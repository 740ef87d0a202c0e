/** What the process of simulated phones is told. */
export type PhonesOrder =
  | {
      readonly type: 'connect';
      readonly host: string;
      readonly port: number;
      readonly roomId: string;
      readonly tickets: readonly string[];
      readonly perSecond: number;
    }
  /** Waits for the question that was asked for at `sentAt`, on the machine's clock in milliseconds. */
  | { readonly type: 'question'; readonly sentAt: number }
  | { readonly type: 'answer'; readonly question: number; readonly overMs: number };

export interface PhonesReport {
  readonly connected: number;
  /** Sorted, in milliseconds: arrivals of the question, or acknowledgements. */
  readonly times: readonly number[];
}

/**
 * Simulated phones: each one TCP socket that speaks WebSocket, engine.io and socket.io as text. It runs in a process of its own
 * from its own source text, because a bundle has no second entry; so it is one function, and uses nothing from outside but Node.
 */
export function phonesProcess(): void {
  const net = process.getBuiltinModule('node:net');
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const now = (): number => performance.timeOrigin + performance.now();
  const opened = '"type":"question-opened"';
  let arrivals: number[] = [];
  let roomId = '';

  /** A masked text frame; the mask is zero, which the protocol allows. */
  const frameOf = (text: string): Buffer => {
    const length = Buffer.byteLength(text);
    const head = length < 126 ? 6 : 8;
    const frame = Buffer.alloc(head + length);
    frame[0] = 0x81;
    frame[1] = 0x80 | (length < 126 ? length : 126);
    if (length >= 126) frame.writeUInt16BE(length, 2);
    frame.write(text, head);
    return frame;
  };

  class Phone {
    isOpen = false;
    private rest: Buffer = Buffer.alloc(0);
    private isUpgraded = false;
    private readonly socket: import('node:net').Socket;
    private readonly waiting = new Map<number, (isAccepted: boolean) => void>();
    private asked = 0;

    constructor(host: string, port: number, ticket: string) {
      this.socket = net.connect({ host, port, noDelay: true });
      this.socket.on('connect', () =>
        this.socket.write(
          `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\n` +
            'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        ),
      );
      this.socket.on('data', (chunk: Buffer) => this.read(chunk, ticket));
      this.socket.on('error', () => this.end());
      this.socket.on('close', () => this.end());
    }

    ask(name: string, body: object): Promise<boolean> {
      const id = this.asked++;
      return new Promise((resolve) => {
        this.waiting.set(id, resolve);
        this.socket.write(frameOf(`42/live,${id}${JSON.stringify([name, body])}`));
        setTimeout(() => this.settle(id, false), 10_000);
      });
    }

    private settle(id: number, isAccepted: boolean): void {
      this.waiting.get(id)?.(isAccepted);
      this.waiting.delete(id);
    }

    private end(): void {
      this.isOpen = false;
      for (const id of this.waiting.keys()) this.settle(id, false);
    }

    private read(chunk: Buffer, ticket: string): void {
      let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
      if (!this.isUpgraded) {
        const end = data.indexOf('\r\n\r\n');
        if (end < 0) return void (this.rest = data);
        this.isUpgraded = true;
        data = data.subarray(end + 4);
      }
      for (;;) {
        const short = data.length < 2 ? 0 : data[1]! & 0x7f;
        const head = short < 126 ? 2 : short === 126 ? 4 : 10;
        if (data.length < head) break;
        const length = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
        if (data.length < head + length) break;
        if ((data[0]! & 0x0f) === 1) this.receive(data.toString('utf8', head, head + length), ticket);
        data = data.subarray(head + length);
      }
      this.rest = Buffer.from(data);
    }

    private receive(text: string, ticket: string): void {
      if (text.startsWith('2')) this.socket.write(frameOf('3'));
      else if (text.startsWith('0')) this.socket.write(frameOf(`40/live,${JSON.stringify({ preflight: ticket })}`));
      else if (text.startsWith('40')) this.isOpen = true;
      else if (text.startsWith('43')) {
        const bracket = text.indexOf('[');
        this.settle(Number(text.slice(8, bracket)), text.startsWith('{"ok":true', bracket + 1));
      } else if (text.startsWith('42') && text.includes(opened)) arrivals.push(now());
    }
  }

  let phones: Phone[] = [];
  const open = (): Phone[] => phones.filter((phone) => phone.isOpen);
  const report = (times: number[]): void => {
    process.send?.({ connected: open().length, times: times.toSorted((a, b) => a - b) });
  };

  async function connect(order: Extract<PhonesOrder, { type: 'connect' }>): Promise<void> {
    roomId = order.roomId;
    for (let at = 0; at < order.tickets.length; at += 50) {
      const some = order.tickets.slice(at, at + 50).map((ticket) => new Phone(order.host, order.port, ticket));
      phones = [...phones, ...some];
      await sleep((50 / order.perSecond) * 1000);
    }
    for (let waited = 0; waited < 10_000 && open().length < phones.length; waited += 50) await sleep(50);
    const body = { roomId, role: 'player', lastSeq: 0 };
    const entered = await Promise.all(
      open().map(async (phone) => ({ phone, ok: await phone.ask('room:resume', body) })),
    );
    phones = entered.filter(({ ok }) => ok).map(({ phone }) => phone);
    report([]);
  }

  async function question(sentAt: number): Promise<void> {
    for (let waited = 0; waited < 10_000 && arrivals.length < open().length; waited += 10) await sleep(10);
    report(arrivals.map((at) => at - sentAt));
    arrivals = [];
  }

  async function answer({ question: number, overMs }: Extract<PhonesOrder, { type: 'answer' }>): Promise<void> {
    const times: number[] = [];
    const answers = open().map(async (phone, index) => {
      await sleep(Math.random() * overMs);
      const startedAt = now();
      const body = { commandId: randomUUID(), roomId, question: number, choice: { options: [index % 4] } };
      if (await phone.ask('room:answer', body)) times.push(now() - startedAt);
    });
    await Promise.all(answers);
    report(times);
  }

  process.on('message', (order: PhonesOrder) => {
    if (order.type === 'connect') void connect(order);
    else if (order.type === 'question') void question(order.sentAt);
    else void answer(order);
  });
  // Without the server that gives orders there is nothing to do.
  process.on('disconnect', () => process.exit(0));
}
