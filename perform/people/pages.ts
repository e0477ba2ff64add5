import { type Html, html } from '@countersign/web';
import type { Viewer } from '../access/access.ts';
import { alert, day, field, notice, page, time } from '../frame/pages.ts';
import type { PersonRow } from '../tables.ts';
import {
  displayName,
  type NewPerson,
  type PersonField,
  personFields,
  roleLabels,
  statusLabels,
} from './person.ts';

/** Everybody in the company. */
export function employeesPage(viewer: Viewer, people: PersonRow[]): Html {
  return page({
    title: 'Employees',
    viewer,
    current: 'employees',
    body: html`<div class="head"><h1>Employees</h1><a class="button" href="/employees/new">New employee</a></div>
<div class="card flush">
<table>
<thead><tr><th scope="col">Name</th><th scope="col">User name</th><th scope="col">Role</th><th scope="col">Status</th><th scope="col">Last sign-in</th></tr></thead>
<tbody>
${people.map(
  (person) => html`<tr>
<th scope="row" data-label="Name"><a href="/employees/${person.id}">${displayName(person)}</a></th>
<td data-label="User name" class="wrap">${person.userName}</td>
<td data-label="Role">${roleLabels[person.role]}</td>
<td data-label="Status"><span class="status ${person.status}">${statusLabels[person.status]}</span></td>
<td data-label="Last sign-in">${person.lastSignInDateTime === null ? html`<span class="muted">Never</span>` : day(person.lastSignInDateTime)}</td>
</tr>`,
)}
</tbody>
</table>
</div>`,
  });
}

const userNameHint =
  'With single sign-on it must be exactly what the identity provider sends as NameID, upper and lower case included, for example B.Simon@contoso.example.';

/** The form for somebody new. */
export function newEmployeePage(
  viewer: Viewer,
  form: NewPerson,
  errors: Partial<Record<PersonField, string>>,
): Html {
  const wrong = personFields.find((name) => errors[name]);
  const text = (name: PersonField) => ({
    name,
    value: form[name],
    error: errors[name],
    autofocus: name === (wrong ?? 'givenName'),
  });
  return page({
    title: 'New employee',
    viewer,
    current: 'employees',
    body: html`<p class="crumbs"><a href="/employees">Employees</a></p>
<h1>New employee</h1>
${wrong && alert('Nothing was saved. Correct the fields that are marked.')}
<form class="card" method="post" action="/employees/new">
<div class="columns">
${field({ ...text('givenName'), label: 'First name', required: true, autocomplete: 'off' })}
${field({ ...text('surname'), label: 'Last name', required: true, autocomplete: 'off' })}
</div>
${field({
  ...text('userName'),
  label: 'User name',
  required: true,
  autocomplete: 'off',
  hint: userNameHint,
})}
${field({ ...text('mail'), label: 'Email', autocomplete: 'off', hint: 'May be empty.' })}
<div class="field">
<label for="role">Role</label>
<select id="role" name="role">
<option value="employee"${form.role === 'employee' && html` selected`}>Employee</option>
<option value="administrator"${form.role === 'administrator' && html` selected`}>Administrator</option>
</select>
</div>
${field({
  ...text('password'),
  value: '',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  hint: 'May be empty: the employee then signs in with single sign-on only. Otherwise at least 8 characters, small and capital letters and a digit or sign.',
})}
<div class="actions"><button type="submit">Create</button><a class="button secondary" href="/employees">Cancel</a></div>
</form>`,
  });
}

export type EmployeeInput = {
  person: PersonRow;
  saved?: string | undefined;
  error?: string | undefined;
  passwordError?: string | undefined;
  /** What was entered as another user name, and why it was refused. */
  wrongUserName?: { userName: string; problem: string } | undefined;
};

/** One employee, with what an administrator may do. */
export function employeePage(viewer: Viewer, input: EmployeeInput): Html {
  const { person, saved, error, passwordError, wrongUserName } = input;
  const self = viewer.personId === person.id;
  return page({
    title: displayName(person),
    viewer,
    current: 'employees',
    body: html`<p class="crumbs"><a href="/employees">Employees</a></p>
<div class="head"><h1>${displayName(person)}</h1><span class="status ${person.status}">${statusLabels[person.status]}</span></div>
${saved && notice(saved)}
${error && alert(error)}
<section class="card" aria-labelledby="account">
<h2 id="account">Account</h2>
<dl class="facts">
<div><dt>User name</dt><dd class="wrap">${person.userName}</dd></div>
<div><dt>Email</dt><dd class="wrap">${person.mail || html`<span class="muted">None</span>`}</dd></div>
<div><dt>Role</dt><dd>${roleLabels[person.role]}</dd></div>
<div><dt>Password</dt><dd>${person.passwordHash === null ? 'None: single sign-on only' : 'Set'}</dd></div>
<div><dt>Created</dt><dd>${time(person.createdDateTime)}</dd></div>
<div><dt>Last sign-in</dt><dd>${person.lastSignInDateTime === null ? html`<span class="muted">Never</span>` : time(person.lastSignInDateTime)}</dd></div>
</dl>
${statusForm(person, self)}
</section>
<form class="card" method="post" action="/employees/${person.id}/user-name">
<h2>Change the user name</h2>
${field({
  name: 'userName',
  label: 'User name',
  value: wrongUserName?.userName ?? person.userName,
  error: wrongUserName?.problem,
  autofocus: wrongUserName !== undefined,
  autocomplete: 'off',
  required: true,
  hint: userNameHint,
})}
<button class="secondary" type="submit">Change user name</button>
</form>
<form class="card" method="post" action="/employees/${person.id}/password">
<h2>Set a password</h2>
${field({
  name: 'password',
  label: 'New password',
  type: 'password',
  error: passwordError,
  autofocus: passwordError !== undefined,
  autocomplete: 'new-password',
  required: true,
  hint: 'At least 8 characters, small and capital letters and a digit or sign. It ends all other sessions of this employee.',
})}
<button class="secondary" type="submit">Set password</button>
</form>`,
  });
}

function statusForm(person: PersonRow, self: boolean): Html {
  if (person.status !== 'active')
    return html`<p>${
      person.status === 'created'
        ? 'Nobody can sign in as this employee until you activate them.'
        : 'This employee cannot sign in. Their record is kept.'
    }</p>
<form method="post" action="/employees/${person.id}/activate"><button type="submit">Activate</button></form>`;
  if (self)
    return html`<p class="muted">This is you: another administrator would have to deactivate you.</p>`;
  return html`<form method="post" action="/employees/${person.id}/deactivate"><button class="danger" type="submit">Deactivate</button></form>`;
}
