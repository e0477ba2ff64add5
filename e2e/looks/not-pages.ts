/** Routes that show nothing by themselves: data, files, and redirects. */
export const notPages: RegExp[] = [
  /^Countersign \/v1\.0/,
  /^Countersign \/(assets\/|sign-in\.|favicon|\S+\.(js|css|svg|png|ico|woff2|txt|map)$)/,
  /^Perform \/\S+\.(js|css|svg)$/,
  /^(Countersign|Perform) \/healthz$/,
  // The portal's one page, whose addresses are the portal's own list.
  /^Countersign \/(admin|my-apps)(\/\*)?$/,
  /^Countersign \/$/,
  /^Countersign \/launch\//,
  /^Countersign \/test-sign-in\//,
  /^Countersign \/:tenant\/:folder\/2007-06\/:file$/,
  // The same as with a slash at its end.
  /^Perform \/auth\/saml$/,
];
