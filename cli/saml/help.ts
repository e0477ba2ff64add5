/** What `saml inspect --help` says. */
export const inspectHelp = `countersign saml inspect [FILE|-]

Shows what a SAML message says: what it is, who sent it to whom, what is signed with what, until when it holds, the
person and the attributes, and what is worth noticing. Reads the file, or standard input for "-" and without a name:
XML, base64 of it, compressed or not, a URL, a query or a form body with SAMLRequest, SAMLResponse or SAMLart, a page with
such a form, a JSON string, or a line for "saml verify".

Nothing is verified: there is no key to verify with. Nothing is written anywhere, and no connection is opened; but who
gets hold of a fresh response can use it, so handle files with messages as you would a password.

Exit code: 0 it was shown, 1 it is no SAML 2.0 that is known here, or cannot be read, 2 the command was not understood.`;

/** What `saml verify --help` says. */
export const verifyHelp = `countersign saml verify --json

Reads JSON objects from standard input, one a line, and answers each with one line of JSON, in order. Nothing is
written anywhere, and no connection is opened.

A line:
  id              string or number, comes back in the answer
  type            Response, AuthnRequest, LogoutRequest, LogoutResponse or Metadata; taken from the message unless given
  message         base64 of the XML; or
  envelope        SAMLResponse or SAMLRequest as a form brought it; or
  query           the query of a redirect as it stood in the address, without "?"
  certificates    PEM of the sender's certificates, at most 16
  now             UTC time, such as 2026-11-23T12:00:00Z
  idpEntityId     entity ID of the identity provider
  audience        entity ID of the service provider
  acs             assertion consumer service URL; of requests and logout messages the address they were sent to
  inResponseTo    ID of the request that is answered; null where there may be none
  skewSeconds     0 to 180, 0 unless given
  decryptionKeys  PEM of at most 16 RSA private keys, tried in order
  allow           names of compatibility switches (docs/saml-coverage.md)

An answer is one of
  {"id", "accepted": true, "issuer", "signed", "unchecked", and what the message says}
  {"id", "accepted": false, "code", "says", "fixAt", "expected"?, "actual"?}
  {"id", "error"}      where the line is malformed, has a field or a switch that does not exist, or no id (then null)

What an accepted message says:
  Response        nameId, audiences, attributes, sessionIndex (null where there is none)
  AuthnRequest    nameId, where it asks for somebody
  LogoutRequest   nameId, sessionIndex (the first; null where there is none)
  LogoutResponse  outcome: success, partial or failed
  Metadata        nothing more; issuer is the entity ID, or the name of the group (null where it has none)

"signed" is what the verified signature covers. Of a Response: "assertion", "response" or "both"; of every other type:
"message", or "query" where it stands in the query of a redirect. It is null where NO SIGNATURE WAS VERIFIED: then "accepted" says only that the message
is well-formed and fits what was given, and anybody can have written it. So it is with metadata and an AuthnRequest
without certificates, and with a logout message that only the switch unsigned-logout lets pass. A Response is
never accepted without a verified signature.

What was not held against anything is listed in "unchecked": what is not given, and what is given and has no place
in such a message. What is compared:
  Response        idpEntityId with its issuers, audience with its audiences, acs with its Recipient and Destination
  AuthnRequest    audience with its issuer, acs with its Destination. Which reply URLs are registered is not known here: the
                  one it asks for is taken as registered, and whatever it wishes as possible
  LogoutRequest,  idpEntityId and audience with its issuer, who must be one of the two; the other is unchecked. acs with its
  LogoutResponse  Destination
  Metadata        idpEntityId and audience with the entity ID, each as far as it has that role; a group must have one of them

Exit code: 0 when every line was answered.`;
