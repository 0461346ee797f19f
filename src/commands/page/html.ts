/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template: text of any origin, HTML, or a list of it. */
export type Content = string | number | Html | readonly Html[];

/** HTML with everything between that is not HTML escaped, for elements and quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const text = parts.map((part, index) => {
    const content = contents[index];
    return content === undefined ? part : part + toText(content);
  });
  return { html: text.join('') };
}

/** Text that must not be escaped: styles, scripts, JSON that was made safe. */
export function raw(text: string): Html {
  return { html: text };
}

function toText(content: Content): string {
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'html' in content ? content.html : content.map((each) => each.html).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char).replace(unseen, '\ufffd');
}

/** Control characters have no place in HTML; others turn the writing direction and hide what is there. */
const unseen = /[^\P{Cc}\t\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** JSON for a script element: nothing in it can end the element. */
export function embeddedJson(value: unknown): Html {
  return raw(JSON.stringify(value).replaceAll('<', '\\u003c').replace(unseen, '\ufffd'));
}
