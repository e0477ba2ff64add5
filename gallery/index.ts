/**
 * The gallery as data: one folder per application with what single sign-on to it needs. README.md describes the format.
 */
export { loadTemplates } from './load-templates.ts';
export { readTemplate } from './read-template.ts';
export { anyOtherApplicationId, type ConfigurationUri, type Template } from './template.ts';
