import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

/** Fails the build where the script that the first page needs, compressed, is more than so many bytes. */
export function budget(most: number): Plugin {
  return {
    name: 'budget',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Rollup.OutputChunk => file.type === 'chunk');
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const first = new Set<Rollup.OutputChunk>();
      const add = (chunk: Rollup.OutputChunk | undefined) => {
        if (chunk && !first.has(chunk)) {
          first.add(chunk);
          chunk.imports.forEach((name) => add(byName.get(name)));
        }
      };
      chunks.filter(({ isEntry }) => isEntry).forEach(add);
      const size = [...first].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      if (first.size === 0 || size > most) {
        this.error(`The first page needs ${size} bytes of script, compressed; the budget is ${most}: ${[...first].map(({ fileName }) => fileName).join(', ')}`);
      }
      this.info(`The first page needs ${size} bytes of script, compressed; the budget is ${most}.`);
    },
  };
}
