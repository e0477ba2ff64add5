import { isNode, type SyntaxNode } from './syntax-tree.ts';
import { weakenedRegexes } from './weaken-regex.ts';

/** One change of an expression: what stands there instead, as source text. */
export type Replacement = { operator: string; start: number; end: number; text: string };

type Operators = Readonly<Record<string, readonly string[]>>;

const comparisons: Operators = {
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
};

const arithmetic: Operators = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
};

const logical: Operators = { '&&': ['||'], '||': ['&&'], '??': ['&&'] };

const assignments: Operators = {
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '<<=': ['>>='],
  '>>=': ['<<='],
  '>>>=': ['<<='],
  '&=': ['|='],
  '|=': ['&='],
  '^=': ['&='],
  '&&=': ['||='],
  '||=': ['&&='],
  '??=': ['&&='],
};

/** Methods that have an opposite, and methods that can be left out; `undefined` leaves the call out. */
const methods: Readonly<Record<string, string | undefined>> = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  trim: undefined,
  slice: undefined,
  subarray: undefined,
  filter: undefined,
  sort: undefined,
  reverse: undefined,
};

/** The changes of one node of the syntax tree, by its own kind alone. */
export function replacementsOf(node: SyntaxNode, source: string): Replacement[] {
  const found: Replacement[] = [];
  const at = (operator: string, of: SyntaxNode, text: string): void => {
    found.push({ operator, start: of.start, end: of.end, text });
  };
  const text = (of: unknown): string => (isNode(of) ? source.slice(of.start, of.end) : '');
  const swap = (name: string, table: Operators): void => {
    const { left, right } = node;
    if (!isNode(left) || !isNode(right)) return;
    const between = source.slice(left.end, right.start);
    const operator = String(node.operator);
    // `??` does not stand beside `&&` or `||` without parentheses.
    const part = (of: SyntaxNode): string => (of.type === 'LogicalExpression' ? `(${text(of)})` : text(of));
    for (const other of table[operator] ?? [])
      at(name, node, part(left) + between.replace(operator, () => other) + part(right));
  };
  switch (node.type) {
    case 'BinaryExpression':
      swap('comparison', comparisons);
      if (!isText(node.left) && !isText(node.right)) swap('arithmetic', arithmetic);
      break;
    case 'LogicalExpression':
      swap('logical', logical);
      for (const side of [node.left, node.right])
        if (isNode(side) && node.operator !== '??' && side.type !== 'LogicalExpression')
          at('operand', side, node.operator === '&&' ? 'true' : 'false');
      break;
    case 'AssignmentExpression':
      swap('assignment', assignments);
      break;
    case 'IfStatement':
    case 'ConditionalExpression':
      if (isNode(node.test)) at('condition', node.test, 'true');
      if (isNode(node.test)) at('condition', node.test, 'false');
      break;
    case 'WhileStatement':
    case 'ForStatement':
    case 'DoWhileStatement':
      if (isNode(node.test)) at('condition', node.test, 'false');
      break;
    case 'UnaryExpression':
      if (node.operator === '!') at('negation', node, text(node.argument));
      if (node.operator === '-') at('sign', node, `+${text(node.argument)}`);
      break;
    case 'UpdateExpression': {
      const other = node.operator === '++' ? '--' : '++';
      at('update', node, node.prefix ? other + text(node.argument) : text(node.argument) + other);
      break;
    }
    case 'Literal':
      for (const other of literals(node, source)) at('literal', node, other);
      break;
    case 'TemplateLiteral':
      if (node.end - node.start > 2) at('literal', node, "''");
      break;
    case 'ObjectExpression':
      if (!isEmpty(node.properties)) at('object', node, '{}');
      break;
    case 'ArrayExpression':
      at('array', node, isEmpty(node.elements) ? "['mutated']" : '[]');
      break;
    case 'MemberExpression':
    case 'CallExpression':
      if (node.optional === true) at('optional chaining', node, withoutOptional(node, source));
      if (node.type === 'CallExpression') method(node);
      break;
    case 'ExpressionStatement':
      if (isCall(node.expression)) at('call', node.expression, 'undefined');
      break;
    case 'ReturnStatement':
      if (isNode(node.argument) && text(node.argument) !== 'undefined')
        at('return', node.argument, 'undefined');
      break;
    case 'ArrowFunctionExpression':
      if (isNode(node.body) && node.body.type !== 'BlockStatement') at('return', node.body, 'undefined');
      break;
  }
  return found;

  function method(call: SyntaxNode): void {
    const callee = call.callee;
    if (!isNode(callee) || callee.type !== 'MemberExpression' || callee.computed === true) return;
    const { object, property } = callee;
    if (!isNode(object) || !isNode(property) || !Object.hasOwn(methods, text(property))) return;
    const other = methods[text(property)];
    const rest = source.slice(property.end, call.end);
    at(
      'method',
      call,
      other === undefined ? text(object) : source.slice(call.start, property.start) + other + rest,
    );
  }
}

function literals(node: SyntaxNode, source: string): string[] {
  if (typeof node.value === 'boolean') return [String(!node.value)];
  // To Buffer an empty name of an encoding is UTF-8 as well.
  if (node.value === 'utf8') return ["'latin1'"];
  if (typeof node.value === 'string') return [node.value === '' ? "'mutated'" : "''"];
  if (typeof node.value === 'number') return [String(node.value + 1)];
  return 'regex' in node ? weakenedRegexes(source.slice(node.start, node.end)) : [];
}

/** `a?.b` as `a.b`, `a?.[b]` as `a[b]`, `a?.(b)` as `a(b)`, for the question mark of this very node. */
function withoutOptional(node: SyntaxNode, source: string): string {
  const before = isNode(node.object) ? node.object : node.callee;
  const at = source.indexOf('?.', isNode(before) ? before.end : node.start);
  const dot = node.type === 'MemberExpression' && node.computed !== true ? '.' : '';
  return source.slice(node.start, at) + dot + source.slice(at + 2, node.end);
}

function isCall(value: unknown): value is SyntaxNode {
  if (!isNode(value)) return false;
  return value.type === 'CallExpression' || (value.type === 'AwaitExpression' && isCall(value.argument));
}

function isText(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === 'BinaryExpression') return isText(value.left) || isText(value.right);
  return value.type === 'TemplateLiteral' || (value.type === 'Literal' && typeof value.value === 'string');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
