const bindingParameters: ReadonlySet<string> = new Set([
  'samlrequest',
  'samlresponse',
  'samlart',
  'relaystate',
  'sigalg',
  'signature',
  'samlencoding',
]);

/**
 * An endpoint with the parameters of a binding behind the query it already has. A query that brings parameters of the
 * binding itself would have its message read in place of ours, or beside it, so it is refused, in whatever case or escapes.
 *
 * @param query the parameters as they are sent
 * @throws RangeError where the endpoint has a fragment, or a parameter of the binding
 */
export function addressWithQuery(endpoint: string, query: string): string {
  if (endpoint.includes('#')) throw new RangeError('An endpoint of this binding has no fragment.');
  const at = endpoint.indexOf('?');
  if (at < 0) return `${endpoint}?${query}`;
  for (const name of new URLSearchParams(endpoint.slice(at)).keys()) {
    if (bindingParameters.has(name.toLowerCase())) {
      throw new RangeError(
        `The query of an endpoint has the parameter ${name}, which belongs to the binding.`,
      );
    }
  }
  return `${endpoint}&${query}`;
}
