/** The people of the acceptance story. `password` is the one they settle on at their first sign-in. */
export type Person = { displayName: string; userName: string; password: string };

export const globalAdministrator: Person = {
  displayName: 'Administrator',
  userName: 'admin@contoso.example',
  password: 'Harbour-Lantern-42',
};

export const cloudApplicationAdministrator: Person = {
  displayName: 'Casey Cloud',
  userName: 'casey@contoso.example',
  password: 'Orchard-Signal-58',
};

export const userAdministrator: Person = {
  displayName: 'Uma Users',
  userName: 'uma@contoso.example',
  password: 'Velvet-Anchor-31',
};

export const bSimon: Person = {
  displayName: 'B.Simon',
  userName: 'B.Simon@contoso.example',
  password: 'Copper-Window-77',
};

/** Perform's administrator of the company Contoso, and the person the tutorial creates there. */
export const performAdministrator = { company: 'contoso', userName: 'admin', password: 'Meadow-Compass-17' };
export const brittaSimon = {
  firstName: 'Britta',
  lastName: 'Simon',
  displayName: 'Britta Simon',
  userName: bSimon.userName,
};
