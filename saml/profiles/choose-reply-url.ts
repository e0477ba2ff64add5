import type { AuthnRequest } from '../messages/authn-request.ts';
import { bindings } from '../names.ts';
import { reject } from '../rejection.ts';

/**
 * A registered assertion consumer service; `index` is what AssertionConsumerServiceIndex names, `binding` what it is
 * answered by, HTTP POST unless given (saml-core 3.4.1, saml-metadata 2.4.4).
 */
export type ReplyUrl = { url: string; index?: number; isDefault?: boolean; binding?: string };

/**
 * Where the answer goes: always a registered address that answers can be sent to, the one that equals what was asked for,
 * bears the index asked for, or is the default (saml-core 3.4.1). What was sent is compared and never returned. Where no
 * address has an index, as in Microsoft Entra ID, an index says nothing, and the default is meant.
 */
export function chooseReplyUrl(
  request: AuthnRequest,
  replyUrls: readonly ReplyUrl[],
  responseBindings: readonly string[],
): { replyUrl: string; responseBinding: string } {
  const {
    assertionConsumerServiceUrl: url,
    assertionConsumerServiceIndex: index,
    protocolBinding: asked,
  } = request;
  if (index !== undefined && (url ?? asked) !== undefined) {
    reject('request-reply-url-ambiguous', {
      expected: 'AssertionConsumerServiceIndex alone, or none',
      actual: `${index} and ${url ?? asked}`,
    });
  }
  const usable = replyUrls.filter((each) => {
    const binding = bindingOf(each);
    return responseBindings.includes(binding) && (asked === undefined || binding === asked);
  });
  const known = replyUrls.map((each) => each.url).join(' ');
  if (url !== undefined) {
    const registered = usable.find((each) => each.url === url);
    return found(registered ?? reject('request-reply-url-unknown', { expected: known, actual: url }));
  }
  if (index !== undefined && replyUrls.some((each) => each.index !== undefined)) {
    const registered = usable.find((each) => each.index === index);
    return found(
      registered ?? reject('request-reply-url-index-unknown', { expected: known, actual: `${index}` }),
    );
  }
  const preferred = usable.find((each) => each.isDefault === true) ?? usable[0];
  return found(preferred ?? reject('reply-url-missing', { expected: 'a registered reply URL' }));
}

function found(registered: ReplyUrl): { replyUrl: string; responseBinding: string } {
  return { replyUrl: registered.url, responseBinding: bindingOf(registered) };
}

function bindingOf({ binding = bindings.httpPost }: ReplyUrl): string {
  return binding;
}

/** What a caller without types can mistake: a text has no `url`, and the answer would be for nowhere. */
export function requireReplyUrls(replyUrls: readonly ReplyUrl[]): void {
  const isReplyUrl = (each: ReplyUrl) => typeof each?.url === 'string';
  if (!Array.isArray(replyUrls) || !replyUrls.every(isReplyUrl))
    throw new TypeError('replyUrls is no array of objects with a url.');
}
