import { once } from 'node:events';
import { LineSplitter } from './split-lines.ts';
import { longestLine, verifyLine } from './verify-line.ts';

/**
 * Answers every line of the input with one line of output, in order. What a chunk of input completes is answered before
 * more is read, so that one may also ask line by line; output that nobody takes away stops the reading.
 */
export async function verifyStream(
  input: AsyncIterable<Uint8Array>,
  output: NodeJS.WritableStream,
): Promise<void> {
  const splitter = new LineSplitter(longestLine);
  const write = async (text: string): Promise<void> => {
    if (text !== '' && !output.write(text)) await once(output, 'drain');
  };
  for await (const chunk of input) {
    let answers = '';
    for (const line of splitter.take(chunk)) answers += `${verifyLine(line)}\n`;
    await write(answers);
  }
  for (const line of splitter.end()) await write(`${verifyLine(line)}\n`);
}
