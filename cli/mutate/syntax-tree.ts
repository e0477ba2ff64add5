/** A node of the syntax tree oxc-parser answers: an ESTree node, with offsets into the source. */
export type SyntaxNode = { type: string; start: number; end: number; [key: string]: unknown };

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Wrappers that exist for the compiler only: what runs is the expression inside. */
const typeWrappers = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
]);

/** The parts of a node that run, in no particular order: no types, no imports, no names of properties. */
export function runningParts(node: SyntaxNode): SyntaxNode[] {
  if (typeWrappers.has(node.type)) return isNode(node.expression) ? [node.expression] : [];
  if (node.type.startsWith('TS')) return [];
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return [];
  if (node.type === 'ExportNamedDeclaration') return isNode(node.declaration) ? [node.declaration] : [];
  if (node.type === 'ImportExpression') return [];
  // The tag of a template sees its pieces: those are not strings of their own.
  if (node.type === 'TaggedTemplateExpression') return isNode(node.tag) ? [node.tag] : [];
  const skipsKey = 'key' in node && node.computed !== true;
  return Object.entries(node)
    .filter(([name]) => !(skipsKey && name === 'key'))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}
