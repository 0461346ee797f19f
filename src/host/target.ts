import type { Architecture, Runtime } from '../project/index.js';

/** The variables of PEP 508 that tell one kind of machine from another. */
export const machineVariables = [
  'os_name',
  'sys_platform',
  'platform_system',
  'platform_machine',
] as const;
export type MachineMarkers = Readonly<Record<(typeof machineVariables)[number], string>>;

/** The machine that pip runs on, as its Python tells it. */
export interface Machine {
  readonly markers: MachineMarkers;
  /** Bits of a pointer: 64, or 32 on a 64-bit machine with a 32-bit Python. */
  readonly bits: number;
  /** glibc's version such as `2.36`; absent on macOS and with another C library. */
  readonly glibc?: string;
}

/** What packages are chosen for: Lambda's own machine. */
export interface Target {
  readonly markers: MachineMarkers;
  /** The wheel tags' name of the processor. */
  readonly cpu: 'x86_64' | 'aarch64';
  /** glibc 2.N. */
  readonly glibcMinor: number;
}

const cpus = { x86_64: 'x86_64', arm64: 'aarch64' } as const;

/**
 * Python 3.8 to 3.11 run on Amazon Linux 2, later ones on Amazon Linux 2023, earlier ones on the
 * first Amazon Linux.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export function targetOf(runtime: Runtime, architecture: Architecture): Target {
  const python = Number(runtime.slice('python3.'.length));
  const cpu = cpus[architecture];
  return {
    markers: {
      os_name: 'posix',
      sys_platform: 'linux',
      platform_system: 'Linux',
      platform_machine: cpu,
    },
    cpu,
    glibcMinor: python >= 12 ? 34 : python >= 8 ? 26 : 17,
  };
}

/** Whether markers mean the same on the machine as on the target. */
export function sameMarkers(machine: Machine, target: Target): boolean {
  return machineVariables.every((name) => machine.markers[name] === target.markers[name]);
}

/** Whether what pip installs or compiles for the machine itself runs on the target. */
export function isTarget(machine: Machine, target: Target): boolean {
  const [major, minor] = (machine.glibc ?? '').split('.').map(Number);
  return (
    sameMarkers(machine, target) &&
    machine.bits === 64 &&
    major === 2 &&
    minor !== undefined &&
    minor <= target.glibcMinor
  );
}

/** Names that manylinux had before PEP 600, by glibc's minor version; the older two are Intel's only. */
const olderNames: Readonly<Record<number, string>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

/**
 * The platform tags of wheels that run on the target, best first, in the order pip has on it.
 * `linux_x86_64` is not among them: a wheel of that tag was linked to who knows which glibc.
 * @see https://peps.python.org/pep-0600/
 */
export function wheelPlatforms({ cpu, glibcMinor }: Target): readonly string[] {
  const oldest = cpu === 'x86_64' ? 5 : 17;
  const platforms: string[] = [];
  for (let minor = glibcMinor; minor >= oldest; minor -= 1) {
    platforms.push(`manylinux_2_${minor}_${cpu}`);
    const older = olderNames[minor];
    if (older !== undefined) platforms.push(`${older}_${cpu}`);
  }
  return platforms;
}
