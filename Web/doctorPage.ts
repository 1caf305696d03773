import { readFileSync } from 'node:fs';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

const FILE = 'doctor.html';
const SOURCE = new URL('../docs/doctor.md', import.meta.url);

/** Has the app bring `docs/doctor.md` along as a page, so that what its failures link to is there wherever it runs. */
export function doctorPage(): Plugin {
  return {
    name: 'doctor-page',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: rendered(readFileSync(SOURCE, 'utf8')) });
    },
    configureServer(server) {
      server.middlewares.use(`/${FILE}`, (_, answer) => {
        answer.setHeader('Content-Type', 'text/html; charset=utf-8');
        answer.end(rendered(readFileSync(SOURCE, 'utf8')));
      });
    },
  };
}

/** The page, with headings that can be linked to as on GitHub. */
export function rendered(markdown: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens);
        return `<h${depth} id="${slug(text)}">${text}</h${depth}>\n`;
      },
      // The repository's other documents are not served: they are named.
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return /^(#|https:)/.test(href) ? `<a href="${href}">${text}</a>` : `${text} (<code>${new URL(href, 'file:///docs/').pathname.slice(1)}</code>)`;
      },
    },
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The doctor</title>
<link rel="icon" href="/mark.svg">
<link rel="stylesheet" href="/doctor.css">
</head>
<body>
<main>
${marked.parse(markdown, { async: false })}</main>
</body>
</html>
`;
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/<[^>]*>|[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s/g, '-');
}
