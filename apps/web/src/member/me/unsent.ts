/** Answers on this device that the server has not acknowledged. */
export async function countUnsentAnswers(): Promise<number> {
  try {
    const { deviceStore } = await import('../offline-store.js');
    return await deviceStore.answers.where('isSaved').equals(0).count();
  } catch {
    return 0;
  }
}
