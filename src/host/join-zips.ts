import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Digest } from '../artifacts/index.js';
import { Problem } from './problem.js';
import {
  directoryEntry,
  endRecord,
  type OpenZip,
  readAt,
  type ZipRecord,
  zipLimits,
} from './zip-records.js';

/** Bytes that are copied at once. */
const BLOCK = 4 << 20;

/**
 * Writes a zip of members of other zips, sorted, without inflating them: units that share packages
 * would otherwise deflate them again, each and in every build. `file` must not exist.
 * @throws Problem when it would need zip64 records
 */
export async function joinZips(parts: readonly OpenZip[], file: string): Promise<Digest> {
  const members = parts
    .flatMap(({ handle, records }) => records.map((record) => ({ handle, record })))
    .sort((one, other) => Buffer.compare(one.record.nameBytes, other.record.nameBytes));
  const bytes = members.reduce<number>(
    (sum, { record }) => sum + record.end - record.start + record.directoryEntry.length,
    endRecord.length,
  );
  if (members.length > zipLimits.entries || bytes > zipLimits.bytes) throw tooLarge();

  const output = await open(file, 'wx');
  try {
    const hash = createHash('sha256');
    let written = 0;
    const write = async (data: Buffer) => {
      hash.update(data);
      await output.writeFile(data);
      written += data.length;
    };
    const directory: Buffer[] = [];
    for (let first = 0; first < members.length; ) {
      const run = runFrom(members, first);
      const { handle, start, end } = run;
      for (const { record } of members.slice(first, run.next)) {
        directory.push(moved(record, written + record.start - start));
      }
      for (let at = start; at < end; at += BLOCK) {
        await write(await readAt(handle, at, Math.min(BLOCK, end - at)));
      }
      first = run.next;
    }
    const offset = written;
    await write(Buffer.concat([...directory]));
    await write(endOf(members.length, written - offset, offset));
    const unzippedSize = members.reduce((sum, { record }) => sum + record.size, 0);
    return { size: written, sha256: hash.digest('hex'), unzippedSize, entries: members.length };
  } finally {
    await output.close();
  }
}

type Member = { readonly handle: OpenZip['handle']; readonly record: ZipRecord };

/** Members that lie one behind the other in one zip, and so are copied in one go. */
function runFrom(members: readonly Member[], first: number) {
  const { handle, record } = members[first] as Member;
  let { end } = record;
  let next = first + 1;
  for (; next < members.length; next += 1) {
    const member = members[next] as Member;
    if (member.handle !== handle || member.record.start !== end) break;
    end = member.record.end;
  }
  return { handle, start: record.start, end, next };
}

function moved(record: ZipRecord, offset: number): Buffer {
  const entry = Buffer.from(record.directoryEntry);
  entry.writeUInt32LE(offset, directoryEntry.offset);
  return entry;
}

function endOf(entries: number, directorySize: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(endRecord.length);
  end.writeUInt32LE(endRecord.signature, 0);
  end.writeUInt16LE(entries, endRecord.entriesHere);
  end.writeUInt16LE(entries, endRecord.entries);
  end.writeUInt32LE(directorySize, endRecord.directorySize);
  end.writeUInt32LE(directoryOffset, endRecord.directoryOffset);
  return end;
}

/** What cannot be joined, because a zip of this kind could not hold it. */
export function tooLarge(): Problem {
  return new Problem(
    'needs-docker',
    'the zip would hold more than 65,534 entries or 4 GB',
    'Lambda takes 262 MB unzipped: leave something out, or build with Docker',
  );
}
