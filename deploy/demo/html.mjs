// SPDX-License-Identifier: Apache-2.0
// The few lines of HTML that the demo's two servers share.
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escape = (text) => String(text).replace(/[&<>"']/g, (c) => entities[c]);

export const page = (title, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>
  :root { --line: #8884; --quiet: #666; --accent: #0b6bcb; }
  @media (prefers-color-scheme: dark) { :root { --quiet: #aaa; --accent: #6cb2ff; } }
  body { font: 16px/1.5 system-ui, "Noto Sans CJK JP", sans-serif; max-width: 52rem; margin: 2.5rem auto; padding: 0 1rem; }
  h1 { font-size: 1.5rem; margin-bottom: .3rem } h2 { font-size: 1.05rem; margin-top: 2rem }
  .quiet { color: var(--quiet) }
  table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: 1.2rem 0 }
  td { border-top: 1px solid var(--line); padding: .35rem .6rem .35rem 0; vertical-align: top; overflow-wrap: anywhere }
  td:first-child { white-space: nowrap; width: 17.5rem; color: var(--quiet) } tr.told td { color: var(--accent); font-weight: 600 }
  code, td { font-family: ui-monospace, monospace } a { color: var(--accent) }
  button, .button { font: inherit; display: inline-block; padding: .55rem 1.1rem; margin: .2rem .4rem .2rem 0; border: 1px solid var(--line);
    border-radius: .5rem; background: none; color: inherit; text-decoration: none; cursor: pointer }
  button:hover, .button:hover { border-color: var(--accent) }
</style>
<body>
${body}
</body>
</html>
`;
