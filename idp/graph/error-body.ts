import type { Refusal } from './refusal.ts';
import type { ErrorBody } from './resources.ts';

/**
 * The body that answers a refused request.
 *
 * @param about the time in epoch milliseconds, our id of the request, and the caller's own (else ours again)
 */
export function errorBody(
  refusal: Pick<Refusal, 'code' | 'message' | 'details'>,
  about: { now: number; requestId: string; clientRequestId: string },
): ErrorBody {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...(refusal.details ? { details: refusal.details } : {}),
      innerError: {
        date: new Date(about.now).toISOString(),
        'request-id': about.requestId,
        'client-request-id': about.clientRequestId,
      },
    },
  };
}
