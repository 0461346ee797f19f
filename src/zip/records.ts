/** Where things lie in the records of a zip (PKWARE's APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16). */
export const localHeader = {
  signature: 0x04034b50,
  flags: 6,
  method: 8,
  crc: 14,
  packedSize: 18,
  size: 22,
  nameLength: 26,
  extraLength: 28,
  length: 30,
} as const;

export const directoryEntry = {
  signature: 0x02014b50,
  madeBy: 5,
  flags: 8,
  method: 10,
  /** Of the last change, as MS-DOS has it: 16 bits of time, then 16 of the day. */
  time: 12,
  crc: 16,
  packedSize: 20,
  size: 24,
  nameLength: 28,
  extraLength: 30,
  commentLength: 32,
  disk: 34,
  attributes: 38,
  offset: 42,
  length: 46,
} as const;

export const endRecord = {
  signature: 0x06054b50,
  disk: 4,
  directoryDisk: 6,
  entriesHere: 8,
  entries: 10,
  directorySize: 12,
  directoryOffset: 16,
  commentLength: 20,
  length: 22,
  longestComment: 0xffff,
} as const;

/** The zip64 record, and what says where it is. */
export const endRecord64 = {
  signature: 0x06064b50,
  entries: 32,
  directorySize: 40,
  directoryOffset: 48,
  length: 56,
} as const;
export const endLocator64 = { signature: 0x07064b50, offset: 8, length: 20 } as const;

/** A number of 16 or 32 bits that says "look at the zip64 record". */
export const full16 = 0xffff;
export const full32 = 0xffffffff;

/** Bits of the flags: encrypted in one of three ways; sizes behind the data; a name in UTF-8. */
export const flag = { encrypted: 0x2041, sizesBehind: 0x0008, utf8: 0x0800 } as const;

export const method = { stored: 0, deflated: 8 } as const;
