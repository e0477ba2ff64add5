/** A form of a server's page as a browser would send it. */
export type HtmlForm = { action: string; fields: Record<string, string> };

/**
 * Finds the form that has every label named in `values` (or the first whose action contains `action`), and fills those
 * fields in; all others keep the value the page gave them. Knows inputs, text areas and selections.
 */
export function fillForm(html: string, values: Record<string, string> = {}, action = ''): HtmlForm {
  const wanted = Object.keys(values);
  for (const [, attributes = '', inside = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)) {
    const target = attributeOf(attributes, 'action') ?? '';
    if (!target.includes(action)) continue;
    const names = labelledNames(inside);
    if (!wanted.every((label) => names.has(label))) continue;
    const fields = fieldsOf(inside);
    for (const label of wanted) fields[names.get(label) ?? ''] = values[label] ?? '';
    return { action: target, fields };
  }
  throw new Error(
    `no form with ${wanted.join(', ') || `an action of "${action}"`} in:\n${html.slice(0, 4000)}`,
  );
}

function fieldsOf(inside: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, input = ''] of inside.matchAll(/<input\b([^>]*)>/gi)) {
    const name = attributeOf(input, 'name');
    const kind = attributeOf(input, 'type') ?? 'text';
    if (name === undefined || kind === 'submit' || kind === 'button') continue;
    if ((kind === 'checkbox' || kind === 'radio') && !/\schecked\b/i.test(input)) continue;
    fields[name] = attributeOf(input, 'value') ?? '';
  }
  for (const [, textarea = '', text = ''] of inside.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/gi)) {
    const name = attributeOf(textarea, 'name');
    if (name !== undefined) fields[name] = unescapeHtml(text);
  }
  for (const [, select = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/gi)) {
    const name = attributeOf(select, 'name');
    const chosen = /<option\b([^>]*\sselected[^>]*)>/i.exec(options) ?? /<option\b([^>]*)>/i.exec(options);
    if (name !== undefined && chosen !== null) fields[name] = attributeOf(chosen[1] ?? '', 'value') ?? '';
  }
  return fields;
}

/** Label text → name of the field it labels. */
function labelledNames(inside: string): Map<string, string> {
  const byId = new Map<string, string>();
  for (const [, field = ''] of inside.matchAll(/<(?:input|textarea|select)\b([^>]*)>/gi)) {
    const id = attributeOf(field, 'id');
    const name = attributeOf(field, 'name');
    if (id !== undefined && name !== undefined) byId.set(id, name);
  }
  const names = new Map<string, string>();
  for (const [, label = '', text = ''] of inside.matchAll(/<label\b([^>]*)>([\s\S]*?)<\/label>/gi)) {
    const name = byId.get(attributeOf(label, 'for') ?? '') ?? attributeOf(text, 'name');
    if (name !== undefined) names.set(visibleText(text), name);
  }
  return names;
}

/** What a person reads: no tags, single spaces. */
export function visibleText(html: string): string {
  const bare = html.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]+>/g, ' ');
  return unescapeHtml(bare).replace(/\s+/g, ' ').trim();
}

export function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  return found === null ? undefined : unescapeHtml(found[1] ?? found[2] ?? '');
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name] ?? whole;
  });
}
