import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, it } from 'vitest';

import { type Markdown, markdownFiles, readMarkdown, readText, root } from './documents.js';

const pages = new Map(markdownFiles.map((file) => [file, readMarkdown(readText(file))]));

/** The links of a page that lead nowhere, as `line: target`. Addresses of other sites are not asked. */
function brokenLinks(file: string, page: Markdown): string[] {
  return page.links
    .filter(({ target }) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .filter(({ target }) => !leadsSomewhere(file, page, target))
    .map(({ line, target }) => `${String(line)}: ${target}`);
}

function leadsSomewhere(file: string, page: Markdown, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const linked = path === '' ? file : relative(root, join(root, dirname(file), decodeURI(path)));
  if (linked.startsWith('..') || path.startsWith('/')) return false;
  if (path !== '' && !existsSync(join(root, linked))) return false;
  if (anchor === undefined) return target !== '';
  // Only Markdown has anchors that stay: a line's number moves with the next change.
  const there = path === '' ? page : pages.get(linked);
  return there?.sections.some(({ level, slug }) => level > 0 && slug === anchor) === true;
}

describe('every link leads somewhere', () => {
  it.each(markdownFiles)('%s', (file) => {
    expect(brokenLinks(file, pages.get(file)!)).toEqual([]);
  });
});

it.each(markdownFiles.filter((file) => file.startsWith('docs/')))('README leads to %s', (file) => {
  expect(pages.get('README.md')?.links.map(({ target }) => target)).toContain(file);
});

describe('the search for broken links', () => {
  it('knows a page that has links', () => {
    expect(pages.get('docs/errors.md')?.links.length).toBeGreaterThan(10);
  });

  it('finds each kind', () => {
    const page = readMarkdown(`# Über \`this\` *page*, and [that](errors.md)

Right: [a](#über-this-page-and-that), [b](errors.md#origin-path "title"), [c](../packages/core/src),
<a href="errors.md">d</a>, [e](https://example.com/#none), ![f](../LICENSE), [g](#again-1).

## Again

Not a link: \`[a](nowhere.md)\`, \`\` [b](\`nowhere.md) \`\`.

\`\`\`text
# No heading
[a](nowhere.md)
\`\`\`

## Again

[Wrong](nowhere.md), [![both](nowhere.png)](errors.md#nowhere), [case](ERRORS.md) [x](#no-heading)
[outside](../../elsewhere.md) [rooted](/docs/errors.md) [empty]() [line](../LICENSE#L3)
<img src="nowhere.svg">
[reference]: nowhere.md#again
`);
    expect(brokenLinks('docs/page.md', page)).toEqual([
      '17: nowhere.md',
      '17: nowhere.png',
      '17: errors.md#nowhere',
      '17: ERRORS.md',
      '17: #no-heading',
      '18: ../../elsewhere.md',
      '18: /docs/errors.md',
      '18: ',
      '18: ../LICENSE#L3',
      '19: nowhere.svg',
      '20: nowhere.md#again',
    ]);
  });
});
