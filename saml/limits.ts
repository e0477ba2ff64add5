/**
 * What one document may cost. Processing instructions count as elements; `annotations` says what happens to them and to
 * comments.
 */
export type Limits = {
  readonly octets: number;
  readonly elements: number;
  readonly depth: number;
  readonly attributesPerElement: number;
  readonly namespacesInScope: number;
  readonly annotations: 'refused' | 'between-elements';
};

const shape = { depth: 64, attributesPerElement: 64, namespacesInScope: 64 } as const;

/** The limits by kind of document; sizes in octets of XML, after base64 and inflating. */
export const limits = {
  message: { ...shape, octets: 512 * 1024, elements: 5_000, annotations: 'refused' },
  metadata: { ...shape, octets: 512 * 1024, elements: 20_000, annotations: 'between-elements' },
  /** Each entity in it has the limits of metadata. The largest federations have some ten thousand entities. */
  aggregate: { octets: 100 * 1024 * 1024, entities: 200_000 },
} as const satisfies Record<string, Partial<Limits> & { readonly entities?: number }>;
