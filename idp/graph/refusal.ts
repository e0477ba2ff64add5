import type { ErrorCode } from './resources.ts';

export type RefusalDetail = { code: string; message: string; target?: string };

/** A request the API answers with an error body instead of a resource. The message is made for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: RefusalDetail[] | undefined;

  constructor(status: number, code: ErrorCode, message: string, details?: RefusalDetail[]) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 400: the request itself must change. */
export function badRequest(message: string, details?: RefusalDetail[]): Refusal {
  return new Refusal(400, 'Request_BadRequest', message, details);
}

/** 400 of a value that must be unique and is taken; `target` is the property. */
export function alreadyExists(target: string): Refusal {
  const message = `Another object with the same value for property ${target} already exists.`;
  return badRequest(message, [{ code: 'ObjectConflict', message, target }]);
}

/** 404: there is no such object in this organisation, whether or not there is one elsewhere. */
export function notFound(kind: string, id: string): Refusal {
  return new Refusal(
    404,
    'Request_ResourceNotFound',
    `${kind} '${id}' does not exist, or it is not in this organisation.`,
  );
}

/** 403: the person is known and may not do this. */
export function denied(message: string): Refusal {
  return new Refusal(403, 'Authorization_RequestDenied', message);
}
