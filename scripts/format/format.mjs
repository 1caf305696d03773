// Formats TypeScript, CSS, Python and shell: node format.mjs ROOT TOOLS [--check] <names of files. Says which it changed, or would.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [root, tools, mode] = process.argv.slice(2);
const tool = createRequire(join(tools, 'package.json'));
const prettier = tool('prettier');
const { Workspace, PositionEncoding } = tool('@astral-sh/ruff-wasm-nodejs');
const shell = await import(tool.resolve('@wasm-fmt/shfmt'));

const ruff = new Workspace({ 'line-length': 130, 'target-version': 'py311' }, PositionEncoding.Utf16);
const script = (text, file) => prettier.format(text, { filepath: file, printWidth: 160, singleQuote: true });
const formatters = {
  ts: script,
  tsx: script,
  css: script,
  py: (text) => ruff.format(text),
  sh: (text) => shell.format(text, 'script.bash', { indent: 4, switchCaseIndent: true, binaryNextLine: false }),
};

const different = [];
const broken = [];
for (const file of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const before = readFileSync(join(root, file), 'utf8');
  const language = /\.(\w+)$/.exec(file)?.[1] ?? (before.startsWith('#!/usr/bin/env bash') ? 'sh' : '');
  try {
    const after = await formatters[language]?.(before, file);
    if (after !== undefined && after !== before) {
      different.push(file);
      if (mode !== '--check') writeFileSync(join(root, file), after);
    }
  } catch (error) {
    broken.push(`${file}: ${String(error.message ?? error).split('\n')[0]}`);
  }
}
for (const file of different) console.log(`  ${file}`);
for (const file of broken) console.error(`embedstack: ${file}. Next: correct it`);
process.exit(broken.length > 0 || (mode === '--check' && different.length > 0) ? 1 : 0);
