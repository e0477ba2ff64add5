import { parseSync } from 'oxc-parser';
import { replacementsOf } from './mutation-operators.ts';
import { isNode, runningParts, type SyntaxNode } from './syntax-tree.ts';

/** One change of one file. A `block` mutant leaves out the statements between its offsets. */
export type Mutant = {
  file: string;
  kind: 'expression' | 'block';
  operator: string;
  start: number;
  end: number;
  /** What stands there instead; empty for a block. */
  text: string;
  line: number;
  column: number;
  original: string;
};

/**
 * Every mutant of one module of TypeScript.
 *
 * @throws Error naming a file that does not parse
 */
export function findMutants(file: string, source: string): Mutant[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} does not parse: ${errors[0].message}`);
  const mutants = new Map<string, Mutant>();
  const add = (kind: Mutant['kind'], operator: string, start: number, end: number, text: string): void => {
    const original = source.slice(start, end);
    const before = source.slice(0, start).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    const key = `${kind} ${start} ${end} ${text}`;
    if (original === text || mutants.has(key)) return;
    mutants.set(key, { file, kind, operator, start, end, text, line: before.length, column, original });
  };
  const chains = new Map<SyntaxNode, SyntaxNode>();
  const waiting: SyntaxNode[] = isNode(program) ? [program] : [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'ChainExpression') for (const link of linksOf(node)) chains.set(link, node);
    // An optional chain is left as a whole where it ends early, so that a link of it cannot be exchanged by itself.
    const { start: from, end: to } = chains.get(node) ?? node;
    const isLink = chains.has(node);
    for (const { operator, start, end, text } of replacementsOf(node, source)) {
      if (!isLink) add('expression', operator, start, end, text);
      else add('expression', operator, from, to, source.slice(from, start) + text + source.slice(end, to));
    }
    const block = statementsOf(node);
    if (block !== undefined) add('block', 'block', block.start, block.end, '');
    waiting.push(...runningParts(node));
  }
  return [...mutants.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The member accesses and calls that an optional chain is made of, from its end to its beginning. */
function linksOf(chain: SyntaxNode): SyntaxNode[] {
  const links: SyntaxNode[] = [];
  let next = chain.expression;
  while (isNode(next) && (next.type === 'MemberExpression' || next.type === 'CallExpression')) {
    links.push(next);
    next = next.type === 'MemberExpression' ? next.object : next.callee;
  }
  return links;
}

/** Where the statements of a block or of one case of a switch stand. */
function statementsOf(node: SyntaxNode): { start: number; end: number } | undefined {
  if (node.type === 'BlockStatement' && Array.isArray(node.body) && node.body.length > 0)
    return { start: node.start + 1, end: node.end - 1 };
  if (node.type !== 'SwitchCase' || !Array.isArray(node.consequent)) return undefined;
  const [first, last] = [node.consequent[0], node.consequent.at(-1)];
  if (!isNode(first) || !isNode(last) || first.type === 'BlockStatement') return undefined;
  return { start: first.start, end: last.end };
}
