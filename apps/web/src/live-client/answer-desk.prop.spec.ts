import type { Problem, QuizChoice } from '@xuekao/contracts';
import fc from 'fast-check';
import { AnswerDesk, type Outcome, type PendingAnswer } from './answer-desk.js';

const choice = (option: number): QuizChoice => ({ options: [option] });
const problem = (code: string, status = 409): Problem => ({ type: 'about:blank', title: code, code, status });

type Fate = 'delivered' | 'request lost' | 'ack lost' | 'busy';

/** A server that remembers command ids, behind a link with the given fates; time runs only when told. */
class World {
  readonly taken: PendingAnswer[] = [];
  readonly acks: string[] = [];
  kept: PendingAnswer | null = null;
  sends = 0;
  private readonly due: (() => void)[] = [];
  private ids = 0;
  desk: AnswerDesk;

  constructor(
    private readonly fates: Fate[],
    private readonly refusal: Problem | null = null,
  ) {
    this.desk = this.open();
  }

  open(): AnswerDesk {
    this.due.length = 0;
    const ports = {
      newId: () => `id-${(this.ids += 1)}`,
      send: (answer: PendingAnswer) => Promise.resolve(this.receive(answer)),
      keep: (answer: PendingAnswer | null) => void (this.kept = answer),
      later: (work: () => void) => {
        this.due.push(work);
        return () => void this.due.splice(this.due.indexOf(work) >>> 0, 1);
      },
      taken: (answer: PendingAnswer) => void this.acks.push(answer.commandId),
      changed: () => undefined,
    };
    return (this.desk = new AnswerDesk(ports, this.kept));
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn++) {
      for (let tick = 0; tick < 4; tick++) await Promise.resolve();
      this.due.shift()?.();
    }
  }

  private receive(answer: PendingAnswer): Outcome {
    this.sends += 1;
    const fate = this.fates.shift() ?? 'delivered';
    if (fate === 'request lost') return 'unreached';
    if (fate === 'busy') return problem('rooms.busy', 503);
    if (this.refusal) return this.refusal;
    if (!this.taken.some(({ commandId }) => commandId === answer.commandId)) this.taken.push(answer);
    return fate === 'ack lost' ? 'unreached' : 'taken';
  }
}

const fates = fc.array(fc.constantFrom<Fate>('delivered', 'request lost', 'ack lost', 'busy'), { maxLength: 8 });

describe('an answer on its way', () => {
  it('is taken exactly once, whatever is lost, and shown as saved only after the acknowledgement', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 0, max: 3 }), async (lost, taps) => {
        const world = new World([...lost]);
        world.desk.submit(0, choice(2));
        expect(world.desk.stateOf(0)!.state).toBe('sending');
        for (let tap = 0; tap < taps; tap++) world.desk.submit(0, choice(2));
        await world.settle();
        expect(world.taken).toHaveLength(1);
        expect(world.acks).toHaveLength(1);
        expect(world.desk.stateOf(0)!.state).toBe('saved');
        expect(world.kept).toBeNull();
      }),
    );
  });

  it('survives a reload of the page under the same id', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (lost) => {
        const world = new World(['ack lost', ...lost]);
        world.desk.submit(3, choice(1));
        for (let tick = 0; tick < 6; tick++) await Promise.resolve();
        expect(world.kept).toMatchObject({ commandId: 'id-1', question: 3 });
        expect(world.open().stateOf(3)!.state).toBe('kept');
        world.desk.flush();
        await world.settle();
        expect(world.taken.map(({ commandId }) => commandId)).toEqual(['id-1']);
        expect(world.desk.stateOf(3)!.state).toBe('saved');
      }),
    );
  });

  it('gives way to a newer choice, which is another intention', async () => {
    const world = new World(['request lost']);
    world.desk.submit(0, choice(0));
    world.desk.submit(0, choice(1));
    await world.settle();
    expect(world.taken.at(-1)).toMatchObject({ commandId: 'id-2', choice: choice(1) });
    expect(world.desk.stateOf(0)!.state).toBe('saved');
  });

  it('is given up when the server refuses it, with the server’s sentence', async () => {
    const world = new World([], problem('live.answer.closed'));
    world.desk.submit(0, choice(0));
    await world.settle();
    expect(world.desk.stateOf(0)).toMatchObject({ state: 'refused', problem: { code: 'live.answer.closed' } });
    expect(world.sends).toBe(1);
    expect(world.kept).toBeNull();
  });
});
