/**
 * A certificate as the text file other systems ask for: RFC 7468, lines of 64 characters.
 *
 * @param base64 the DER in base64, as the API gives it
 */
export function pemText(base64: string): string {
  const lines = base64.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** `Trakstar` and `cer` make `Trakstar.cer`; what a file name may not carry becomes a hyphen. */
export function fileName(displayName: string, extension: string): string {
  const name = displayName
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 80);
  return `${name === '' ? 'application' : name}.${extension}`;
}
