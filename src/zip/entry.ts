/** Something in a zip, as it would be unpacked. */
export interface ZipEntry {
  readonly kind: 'file' | 'link' | 'folder';
  /** Below the folder it is unpacked to, without a slash at an end. */
  readonly path: string;
  /** Bytes when unpacked. */
  readonly size: number;
  /** What the zip would be smaller by without it: data, headers and its entry of the directory. */
  readonly zipped: number;
  /** Of its bytes, as the zip says. */
  readonly crc: number;
  /** Permission bits; 0 in a zip that was not made for Unix. */
  readonly mode: number;
  /** When it was changed last, as MS-DOS has it: the day in the upper 16 bits, the time in the lower. */
  readonly time: number;
}

/** An entry as the directory has it, before the place of its data is known. */
export interface DirectoryEntry extends Omit<ZipEntry, 'zipped'> {
  readonly nameBytes: Buffer;
  readonly flags: number;
  readonly method: number;
  /** Bytes of its data in the zip. */
  readonly packedSize: number;
  /** Where its local header starts. */
  readonly start: number;
  /** Bytes of its entry of the directory. */
  readonly directoryBytes: number;
}

/** An entry whose data can be read. */
export interface PlacedEntry extends ZipEntry {
  readonly method: number;
  readonly packedSize: number;
  readonly dataStart: number;
}
