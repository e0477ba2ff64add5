/** The administrator roles this product knows, under the names and template ids Microsoft Entra ID gives them. */
export const roleNames = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
  'User Administrator',
  'Global Reader',
] as const;

export type RoleName = (typeof roleNames)[number];

export type RoleDefinition = { id: string; displayName: RoleName; description: string };

export const roleDefinitions: readonly RoleDefinition[] = [
  {
    id: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
    description: 'Does everything in this organisation, and alone decides who else is an administrator.',
  },
  {
    id: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    displayName: 'Application Administrator',
    description: 'Adds, configures and removes every application and says who may use it.',
  },
  {
    id: '158c047a-c907-4556-b7ef-446551a6b5f7',
    displayName: 'Cloud Application Administrator',
    description: 'As an Application Administrator, without applications inside the own network.',
  },
  {
    id: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
    displayName: 'User Administrator',
    description:
      'Keeps users and groups, resets the passwords of people who are no administrators, and assigns people to applications.',
  },
  {
    id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    displayName: 'Global Reader',
    description: 'Sees everything a Global Administrator sees and changes nothing.',
  },
];

const byId = new Map(roleDefinitions.map((role) => [role.id, role]));

/** @param id template id of the role, in lower case */
export function roleDefinition(id: string): RoleDefinition | undefined {
  return byId.get(id);
}

/** True with any of the five roles: such a person lands in the admin center. */
export function isAdministrator(roles: readonly RoleName[]): boolean {
  return roles.length > 0;
}
