/** `humanResources`, as the API names a category, in words: `Human resources`. */
export function categoryName(category: string): string {
  const known: Record<string, string> = {
    crm: 'CRM',
    erp: 'ERP',
    eCommerce: 'E-commerce',
    itInfrastructure: 'IT infrastructure',
  };
  const words = category.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return known[category] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
