import { Property, PropertyList } from '../controls/property-list.tsx';
import { SamlCard } from './saml-card.tsx';

/** What every assertion says about the person, by default. */
const claims = [
  ['givenname', 'user.givenname'],
  ['surname', 'user.surname'],
  ['emailaddress', 'user.mail'],
  ['name', 'user.userprincipalname'],
  ['Unique User Identifier', 'user.userprincipalname'],
] as const;

export function AttributesCard() {
  return (
    <SamlCard number={2} title="Attributes & Claims">
      <PropertyList>
        {claims.map(([claim, source]) => (
          <Property key={claim} label={claim}>
            {source}
          </Property>
        ))}
      </PropertyList>
    </SamlCard>
  );
}
