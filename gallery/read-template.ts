import type { Template } from './template.ts';

type Problems = string[];
/** Checks a value and says what is wrong with it; `at` is where it stands, for the message. */
type Check = (value: unknown, at: string, problems: Problems) => void;

/**
 * Reads one template.json. Unknown properties are refused: a misspelt one would otherwise be silently without effect.
 *
 * @param name how messages call it
 * @throws Error with every problem found
 */
export function readTemplate(text: string, name: string): Template {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: no valid JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const problems: Problems = [];
  template(value, '', problems);
  if (problems.length === 0) checkFixedValues(value as Template, problems);
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
  return value as Template;
}

const text: Check = (value, at, problems) => {
  if (typeof value !== 'string' || value.trim() === '') problems.push(`${at} must be a text`);
};
const bool: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push(`${at} must be true or false`);
};
const guid: Check = (value, at, problems) => {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value)))
    problems.push(`${at} must be a lower-case UUID`);
};
const https: Check = (value, at, problems) => {
  if (typeof value !== 'string' || !value.startsWith('https://') || !URL.canParse(value))
    problems.push(`${at} must be an https address`);
};

function orNull(check: Check): Check {
  return (value, at, problems) => {
    if (value !== null) check(value, at, problems);
  };
}

function oneOf(...allowed: readonly string[]): Check {
  return (value, at, problems) => {
    if (!allowed.includes(String(value))) problems.push(`${at} must be one of ${allowed.join(', ')}`);
  };
}

function list(check: Check): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) problems.push(`${at} must be a list`);
    else for (const [index, item] of value.entries()) check(item, `${at}[${index}]`, problems);
  };
}

function object(properties: Record<string, Check>): Check {
  return (value, at, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push(`${at || 'it'} must be an object`);
      return;
    }
    const prefix = at ? `${at}.` : '';
    for (const name of Object.keys(value))
      if (!Object.hasOwn(properties, name)) problems.push(`${prefix}${name} is not a property of a template`);
    for (const [name, check] of Object.entries(properties))
      check((value as Record<string, unknown>)[name], `${prefix}${name}`, problems);
  };
}

const template = object({
  id: guid,
  displayName: text,
  publisher: text,
  description: text,
  homePageUrl: orNull(https),
  categories: list(
    oneOf(
      'collaboration',
      'businessManagement',
      'consumer',
      'contentManagement',
      'crm',
      'dataServices',
      'developerServices',
      'eCommerce',
      'education',
      'erp',
      'finance',
      'health',
      'humanResources',
      'itInfrastructure',
      'mail',
      'management',
      'marketing',
      'media',
      'productivity',
      'projectManagement',
      'telecommunications',
      'tools',
      'travel',
      'webDesignHosting',
    ),
  ),
  singleSignOnInitiation: oneOf('sp', 'idp', 'both'),
  configurationUris: list(
    object({
      usage: oneOf('identifierUri', 'redirectUri', 'loginUrl', 'logoutUrl'),
      isRequired: bool,
      isFixed: bool,
      values: list(text),
      examples: list(text),
    }),
  ),
  appRoles: list(
    object({ id: guid, displayName: text, description: text, value: orNull(text), isEnabled: bool }),
  ),
  applicationSettings: orNull(
    object({
      path: list(text),
      certificateFormat: oneOf('base64', 'raw', 'metadata', 'thumbprint'),
      fields: list(
        object({
          value: oneOf('certificate', 'thumbprint', 'loginUrl', 'entityId', 'logoutUrl'),
          label: text,
        }),
      ),
    }),
  ),
  setUpSteps: list(object({ side: oneOf('identityProvider', 'application'), text })),
});

/** What the shape alone cannot say. */
function checkFixedValues(read: Template, problems: Problems): void {
  const usages = read.configurationUris.map((uri) => uri.usage);
  if (new Set(usages).size !== usages.length) problems.push('configurationUris has a usage twice');
  for (const usage of ['identifierUri', 'redirectUri'] as const)
    if (!usages.includes(usage)) problems.push(`configurationUris lacks ${usage}`);
  for (const uri of read.configurationUris)
    if (uri.isFixed && (uri.values.length !== 1 || /[<>*]/.test(uri.values.join(''))))
      problems.push(`${uri.usage} is fixed, so it must have exactly one value, without placeholders`);
  const loginUrl = read.configurationUris.find((uri) => uri.usage === 'loginUrl');
  if (read.singleSignOnInitiation === 'sp' && !loginUrl?.isRequired)
    problems.push('only the application starts sign-ins, so loginUrl must be required');
  if (read.singleSignOnInitiation === 'idp' && loginUrl)
    problems.push('the application never starts sign-ins, so there is no loginUrl');
}
