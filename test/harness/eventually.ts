/** Resolves when `claim` holds; fails with what it last saw after `withinMs`. */
export async function eventually(claim: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await claim())) {
    if (Date.now() > until) throw new Error(`Not within ${withinMs} ms: ${claim.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
