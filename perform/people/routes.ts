import { HttpError, sendHtml } from '@countersign/web';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { viewerOf } from '../access/routes.ts';
import type { Context } from '../context.ts';
import { recordAudit } from '../logs/record.ts';
import type { PersonRow } from '../tables.ts';
import { employeePage, employeesPage, newEmployeePage } from './pages.ts';
import { hashPassword } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { type NewPerson, personProblems, userNameProblem, userNameTaken } from './person.ts';
import {
  findPerson,
  insertPerson,
  listPeople,
  setPasswordHash,
  setPersonStatus,
  setUserName,
} from './store.ts';

type One = { Params: { id: string } };
type Posted = { Body: Map<string, string> | undefined };

/** Employees: list, create, activate, deactivate, set a password. For administrators. */
export function mountPeople(app: FastifyInstance, context: Context): void {
  const guarded = { config: { admits: 'administrator' as const } };
  const { db } = context;

  app.get('/employees', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    return sendHtml(reply, employeesPage(viewer, await listPeople(db, viewer.namespace)));
  });

  app.get('/employees/new', guarded, (request, reply) =>
    sendHtml(reply, newEmployeePage(viewerOf(request), readForm(undefined), {})),
  );

  app.post<Posted>('/employees/new', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const form = readForm(request.body);
    const errors = personProblems(form);
    if (form.password !== '') {
      const problem = passwordProblem(form.password, form.userName);
      if (problem) errors.password = problem;
    }
    if (Object.keys(errors).length > 0) return sendHtml(reply, newEmployeePage(viewer, form, errors), 422);
    const { password, ...rest } = form;
    const id = context.newId();
    const inserted = await insertPerson(db, viewer.namespace, {
      id,
      ...rest,
      status: 'created',
      passwordHash: password === '' ? null : await hashPassword(password, context.newSalt()),
      failedSignInCount: 0,
      lockedUntilDateTime: null,
      lastSignInDateTime: null,
      createdDateTime: context.now(),
    });
    if (!inserted) {
      const taken = { userName: userNameTaken };
      return sendHtml(reply, newEmployeePage(viewer, form, taken), 409);
    }
    await recordAudit(context, viewer.namespace, viewer, {
      activity: 'Create employee',
      target: form.userName,
      details: { ...rest, passwordSet: password !== '' },
    });
    return reply.redirect(`/employees/${id}?saved=created`, 303);
  });

  app.get<One & { Querystring: { saved?: string } }>('/employees/:id', guarded, async (request, reply) => {
    const saved = savedSentences[request.query.saved ?? ''];
    return sendHtml(
      reply,
      employeePage(viewerOf(request), { person: await personOf(context, request), saved }),
    );
  });

  app.post<One>('/employees/:id/activate', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const person = await personOf(context, request);
    await setPersonStatus(db, viewer.namespace, person.id, 'active');
    await recordAudit(context, viewer.namespace, viewer, {
      activity: 'Activate employee',
      target: person.userName,
      details: { before: person.status, after: 'active' },
    });
    return reply.redirect(`/employees/${person.id}?saved=activated`, 303);
  });

  app.post<One>('/employees/:id/deactivate', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const person = await personOf(context, request);
    // Whoever acts stays, so a company always keeps an administrator who can come in.
    if (person.id === viewer.personId) {
      const error = 'You cannot deactivate yourself. Another administrator can.';
      return sendHtml(reply, employeePage(viewer, { person, error }), 409);
    }
    await setPersonStatus(db, viewer.namespace, person.id, 'terminated');
    await recordAudit(context, viewer.namespace, viewer, {
      activity: 'Deactivate employee',
      target: person.userName,
      details: { before: person.status, after: 'terminated' },
    });
    return reply.redirect(`/employees/${person.id}?saved=deactivated`, 303);
  });

  app.post<One & Posted>('/employees/:id/user-name', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const person = await personOf(context, request);
    const userName = (request.body?.get('userName') ?? '').trim();
    const refuse = (problem: string, status: number) =>
      sendHtml(reply, employeePage(viewer, { person, wrongUserName: { userName, problem } }), status);
    const problem = userNameProblem(userName);
    if (problem) return refuse(problem, 422);
    if (!(await setUserName(db, viewer.namespace, person.id, userName))) return refuse(userNameTaken, 409);
    // Whoever is given the old user name next must not find this employee behind it.
    await context.saml.store.unlinkAccount(viewer.namespace, person.id);
    await recordAudit(context, viewer.namespace, viewer, {
      activity: 'Change user name',
      target: userName,
      details: { before: person.userName, after: userName },
    });
    return reply.redirect(`/employees/${person.id}?saved=user-name`, 303);
  });

  app.post<One & Posted>('/employees/:id/password', guarded, async (request, reply) => {
    const viewer = viewerOf(request);
    const person = await personOf(context, request);
    const password = request.body?.get('password') ?? '';
    const passwordError = passwordProblem(password, person.userName);
    if (passwordError) return sendHtml(reply, employeePage(viewer, { person, passwordError }), 422);
    const hash = await hashPassword(password, context.newSalt());
    await setPasswordHash(db, viewer.namespace, person.id, hash, viewer.secretHash);
    await recordAudit(context, viewer.namespace, viewer, {
      activity: 'Set password',
      target: person.userName,
      details: {},
    });
    return reply.redirect(`/employees/${person.id}?saved=password`, 303);
  });
}

const savedSentences: Record<string, string> = {
  created: 'The employee was created. Activate them so that they can sign in.',
  activated: 'The employee is active and can sign in.',
  deactivated: 'The employee was deactivated. Their sessions have ended.',
  'user-name': 'The user name was changed. It holds for the next sign-in.',
  password: 'The password was set.',
};

async function personOf(context: Context, request: FastifyRequest<One>): Promise<PersonRow> {
  const { namespace } = viewerOf(request);
  const person = await findPerson(context.db, namespace, request.params.id);
  if (!person) throw new HttpError(404, 'employee-unknown', 'There is no such employee.');
  return person;
}

function readForm(body: Map<string, string> | undefined): NewPerson {
  const value = (name: string): string => (body?.get(name) ?? '').trim();
  return {
    givenName: value('givenName'),
    surname: value('surname'),
    userName: value('userName'),
    mail: value('mail'),
    role: value('role') === 'administrator' ? 'administrator' : 'employee',
    password: body?.get('password') ?? '',
  };
}
