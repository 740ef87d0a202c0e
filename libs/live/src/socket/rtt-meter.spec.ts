import { FakeTime } from '@xuekao/rooms/testing';
import { creditableRtt } from '../core/buzzer/rtt.js';
import { RttMeter } from './rtt-meter.js';

/** A probe that is answered after the next of these times; null is never answered in time. */
const answering = (time: FakeTime, delays: (number | null)[]) => {
  let asked = 0;
  const probe = (): Promise<void> => {
    const delay = delays[Math.min(asked, delays.length - 1)]!;
    asked += 1;
    return new Promise((resolve, reject) =>
      delay === null ? time.after(2_000, () => reject(new Error('late'))) : time.after(delay, resolve),
    );
  };
  return { probe, asked: () => asked };
};

const never = (): Promise<void> => Promise.reject(new Error('never'));
const meterOf = (time: FakeTime, ping: () => Promise<void>, message = never): RttMeter =>
  new RttMeter(ping, message, time, () => time.now());

describe('the meter of round trips', () => {
  it('knows a link after five quick probes, then asks every two seconds', async () => {
    const time = new FakeTime();
    const { probe, asked } = answering(time, [40]);
    const meter = meterOf(time, probe);
    meter.start();
    await time.advance(1_000);
    expect([asked(), creditableRtt(meter.samples)]).toEqual([5, 40]);
    await time.advance(6_200);
    expect(asked()).toBe(8);
  });

  it('takes a probe without an answer for no sample, and goes on', async () => {
    const time = new FakeTime();
    const meter = meterOf(time, answering(time, [30, null, null, 31, 32]).probe);
    meter.start();
    await time.advance(5_000);
    expect(meter.samples).toMatchObject({ count: 3, recent: [30, 31, 32] });
  });

  it('is not stretched by held-back acknowledgements while the browser answers pings', async () => {
    const time = new FakeTime();
    const meter = meterOf(time, answering(time, [20]).probe, answering(time, [500]).probe);
    meter.start();
    await time.advance(20_000);
    expect(creditableRtt(meter.samples)).toBeLessThanOrEqual(28);
  });

  it('credits nothing to a page that answers messages, late or at once, and no ping', async () => {
    for (const delay of [5, 400]) {
      const time = new FakeTime();
      const meter = meterOf(time, never, answering(time, [delay]).probe);
      meter.start();
      await time.advance(20_000);
      expect(creditableRtt(meter.samples)).toBeNull();
    }
  });

  it('stops with its socket', async () => {
    const time = new FakeTime();
    const { probe, asked } = answering(time, [40]);
    const meter = meterOf(time, probe);
    meter.start();
    await time.advance(100);
    meter.stop();
    await time.advance(60_000);
    expect(asked()).toBe(1);
  });
});
