/**
 * Looking at messages, for people and test benches: `@countersign/saml/examine`. Nothing here signs anybody in. It may
 * check less than a sign-in demands, and says in `unchecked` what it did not check.
 */
export { describeMessage, type MessageDescription } from './examine/describe-message.ts';
export type { DescribedFact, DescribedPart } from './examine/description.ts';
export { examineMessage } from './examine/examine-message.ts';
export type { ExamineInput, Examination, Expectation } from './examine/expectations.ts';
export { messageTypeOf, messageTypes, type MessageType } from './examine/message-type.ts';
export { decodeBase64 } from './base64.ts';
export { readDateTime } from './date-time.ts';
