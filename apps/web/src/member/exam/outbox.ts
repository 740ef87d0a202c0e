import { handIn, type NumberedAnswer, saveAnswers } from '../../api/exam.js';
import { dropAttempt, handInsWaiting, keepAnswer, mayHoldUnsent, noteRefused, unsentAnswers } from './kept.js';
import type { KeptAnswer } from '../offline-store.js';
import { verdict } from './verdict.js';

const bare = ({ number, clientSeq, content }: KeptAnswer): NumberedAnswer => ({ number, clientSeq, content });

function byAttemptAndWriter(answers: readonly KeptAnswer[]): KeptAnswer[][] {
  const groups = new Map<string, KeptAnswer[]>();
  for (const answer of answers) {
    const key = `${answer.attemptId} ${answer.writer ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()];
}

async function sendGroup(group: readonly KeptAnswer[]): Promise<void> {
  const [{ attemptId, writer }] = group as [KeptAnswer];
  if (writer === undefined) return;
  try {
    await saveAnswers(attemptId, writer, group.map(bare));
  } catch (error) {
    if (verdict(error) === 'retry') throw error;
    await noteRefused(
      attemptId,
      group.map(({ number }) => number),
    );
  }
  for (const answer of group) await keepAnswer({ ...answer, isSaved: 1 });
}

async function sendAll(): Promise<void> {
  for (const group of byAttemptAndWriter(await unsentAnswers())) await sendGroup(group);
  for (const { attemptId, writer } of await handInsWaiting()) {
    try {
      await handIn(attemptId, writer);
    } catch (error) {
      if (verdict(error) === 'retry') throw error;
    }
    await dropAttempt(attemptId);
  }
}

let running: Promise<void> | undefined;

/**
 * Sends what a closed browser left behind, from any page of the app: answers under the token of the tab that wrote them, so
 * that they count only while no other device took over, then hand-ins that waited for the network. Tries again when called.
 */
export function sendWhatIsLeft(): Promise<void> {
  if (!mayHoldUnsent()) return Promise.resolve();
  running ??= sendAll()
    .catch(() => undefined)
    .finally(() => (running = undefined));
  return running;
}
