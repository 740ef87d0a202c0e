import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Budget {
  /** Modules whose page counts as the first one, beside the entry. */
  readonly pages: readonly RegExp[];
  readonly limitBytes: number;
  /** Packages that must never be part of it. */
  readonly never: RegExp;
}

/** Fails the build when the first page of a member needs more compressed JavaScript than the limit. Source: ux.md, Look. */
export function firstLoadBudget({ pages, limitBytes, never }: Budget): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
      );
      const needed = new Set<string>();
      const take = (fileName: string): void => {
        if (needed.has(fileName)) return;
        needed.add(fileName);
        for (const imported of chunks.get(fileName)?.imports ?? []) take(imported);
      };
      for (const [fileName, chunk] of chunks) {
        const isPage = chunk.moduleIds.some((id) => pages.some((page) => page.test(id)));
        if (chunk.isEntry || isPage) take(fileName);
      }
      let bytes = 0;
      for (const fileName of needed) {
        const chunk = chunks.get(fileName);
        const stranger = chunk?.moduleIds.find((id) => never.test(id));
        if (stranger) this.error(`The first page loads ${fileName}, which holds ${stranger}`);
        bytes += gzipSync(chunk?.code ?? '').length;
      }
      if (bytes > limitBytes)
        this.error(`The first page needs ${bytes} bytes of JavaScript, ${limitBytes} are allowed`);
      this.info(`first page: ${needed.size} chunks, ${(bytes / 1024).toFixed(1)} KB of compressed JavaScript`);
    },
  };
}
