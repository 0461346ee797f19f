import { type Html, html } from './html.js';

/** A part of a whole as a picture; what it shows has to be told in words too. An SVG needs no style. */
export function bar(share: number, state = 'fine'): Html {
  const width = (100 * Math.min(1, Math.max(0, share))).toFixed(2);
  return html`<svg class="bar ${state}" aria-hidden="true" focusable="false" viewBox="0 0 100 4" preserveAspectRatio="none"><rect width="${width}" height="4"/></svg>`;
}
