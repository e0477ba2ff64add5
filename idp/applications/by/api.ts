import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../access/api.ts';
import type { Context } from '../../context.ts';
import { auditOrigin } from '../../logs/api.ts';
import type { By } from '../changes.ts';

/** Who changes an application by this request. */
export function byOf(request: FastifyRequest, context: Context): By {
  return {
    origin: auditOrigin(request, context),
    newId: context.newId,
    address: principalOf(request).userPrincipalName,
  };
}
