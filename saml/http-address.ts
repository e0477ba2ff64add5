/**
 * Whether a browser can be sent there: `javascript:` and its like must not get so far. Nor may line ends, which would end a
 * header; who reads a URL drops them in silence.
 */
export function isHttpAddress(address: string): boolean {
  return /^https?:/i.test(address) && !/[\t\n\r]/.test(address) && URL.canParse(address);
}
