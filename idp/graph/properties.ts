/**
 * What the API knows about one property of a resource. A resource's table of them is all that the codec, `$filter`,
 * `$search`, `$orderby` and `$select` need.
 */
export type Property =
  | {
      /** `id`: lower-case UUID, compared as it is. `json`: text in the row, any JSON on the wire. */
      kind: 'id' | 'string' | 'boolean' | 'dateTime' | 'integer' | 'json' | 'stringCollection';
      /** Column in the row; left out: the property's own name. */
      column?: string;
      /**
       * May stand in `$filter`. For collections `any` may compare: `any` names the element's property (`''`: the
       * element itself), `text` allows startswith, endswith and contains, which only lists kept in memory can do.
       */
      filter?: true | { any: string; text?: true };
      /** May stand in `$orderby`. */
      sort?: true;
      /** Looked at by `$search`. */
      search?: true;
    }
  | { kind: 'constant'; value: unknown }
  /** Made from the row, which then carries more than its table's columns. */
  | { kind: 'derived'; from: (row: Row) => unknown };

/** A property that is a column. */
export type ColumnProperty = Exclude<Property, { kind: 'constant' } | { kind: 'derived' }>;

/** Property name, or a path such as `status/errorCode` for a property of a complex one → what is known about it. */
export type Properties = Readonly<Record<string, Property>>;

/** A row as it comes from the database. */
export type Row = Readonly<Record<string, unknown>>;

/** The column of a property that has one. */
export function columnOf(name: string, property: ColumnProperty): string {
  return property.column ?? name;
}

/** The property, where it is one with a column. */
export function columnProperty(properties: Properties, name: string): ColumnProperty | undefined {
  const property = properties[name];
  return property && property.kind !== 'constant' && property.kind !== 'derived' ? property : undefined;
}
