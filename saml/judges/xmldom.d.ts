/**
 * Stands in for the types of @xmldom/xmldom, which samlify refers to: they would bring the types of a browser's page into
 * everything that is checked together with a test, and nothing here runs in one.
 */
export type DOMParser = object;
export type Options = object;
